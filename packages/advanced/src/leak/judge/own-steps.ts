import type { RoundReading, ThreadEvidence } from '../evidence.js';
import type { Series } from './judge-rise.js';

/**
 * What a number rose and fell by, from 0, without the rounds in which memx counted types, and the next: reading a
 * snapshot of 7 MiB raised RSS by 46 MiB for good, and the first one lets go of 0.3 MiB of compiled code (Node 20).
 * The time of these rounds goes with them, or the number would seem to stand still.
 */
export function withoutOwnSteps(
  { timesMs, values }: Series,
  { rounds, typesReadMs }: Pick<ThreadEvidence, 'rounds' | 'typesReadMs'>,
): Series {
  const isOwn = (index: number) =>
    typesReadMs.some((timeMs) => timeMs > timeOf(rounds, index - 2) && timeMs <= timeOf(rounds, index));
  let ownMs = 0;
  let ownSteps = values[0] ?? 0;
  const kept = { timesMs: [] as number[], values: [] as number[] };
  values.forEach((value, index) => {
    const timeMs = timesMs[index] ?? 0;
    if (index > 0 && isOwn(index)) {
      ownMs += timeMs - (timesMs[index - 1] ?? 0);
      ownSteps += value - (values[index - 1] ?? 0);
      return;
    }
    kept.timesMs.push(timeMs - ownMs);
    kept.values.push(value - ownSteps);
  });
  return kept;
}

function timeOf(rounds: readonly RoundReading[], index: number): number {
  return rounds[index]?.timeMs ?? Number.NEGATIVE_INFINITY;
}
