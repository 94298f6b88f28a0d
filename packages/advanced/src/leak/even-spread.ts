/**
 * Which of many moments to keep so that a bounded history covers all of its time evenly: the first, and each that is a gap
 * or more after the last one kept. Letting every second one go instead, again and again, leaves half of all that is kept
 * to the latest few minutes, and one entry to the first half of the time.
 *
 * @returns indexes into `timesMs`, at most `gaps + 1` of them
 */
export function spreadEvenly(timesMs: readonly number[], gaps: number): number[] {
  const leastGapMs = ((timesMs.at(-1) ?? 0) - (timesMs[0] ?? 0)) / gaps;
  const kept: number[] = [];
  let keptMs = Number.NEGATIVE_INFINITY;
  timesMs.forEach((timeMs, index) => {
    if (timeMs - keptMs < leastGapMs) return;
    kept.push(index);
    keptMs = timeMs;
  });
  return kept;
}
