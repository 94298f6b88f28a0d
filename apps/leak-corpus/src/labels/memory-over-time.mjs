/** How long a thread's last reading stands for it: longer, and it has ended. */
const THREAD_SILENCE_SECONDS = 0.8;

/**
 * One number per reading of the main thread, for each account a label can be judged on.
 *
 * @param {readonly import('./measure-program.mjs').Reading[]} readings
 * @returns {{ seconds: number, heap: number, external: number, rss: number, worker: number }[]} in bytes; `worker` is the
 *   sum over all other threads that are alive
 */
export function memoryOverTime(readings) {
  const others = new Map();
  const points = [];
  for (const reading of [...readings].sort((a, b) => a.seconds - b.seconds)) {
    if (reading.threadId !== 0) {
      others.set(reading.threadId, reading);
      continue;
    }
    let worker = 0;
    for (const [threadId, last] of others) {
      if (reading.seconds - last.seconds > THREAD_SILENCE_SECONDS) others.delete(threadId);
      else worker += last.heapUsed + last.external;
    }
    const { seconds, heapUsed, external, rss } = reading;
    points.push({ seconds, heap: heapUsed, external, rss, worker });
  }
  return points;
}

/**
 * Theil–Sen: the median of the slopes between all pairs, which a reading that catches a buffer just in use does not move.
 *
 * @param {readonly { seconds: number, bytes: number }[]} points
 * @returns {number} bytes per second; NaN for fewer than three points
 */
export function slopeOf(points) {
  if (points.length < 3) return Number.NaN;
  const slopes = [];
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 1; j < points.length; j++) {
      slopes.push((points[j].bytes - points[i].bytes) / (points[j].seconds - points[i].seconds));
    }
  }
  slopes.sort((a, b) => a - b);
  return slopes[slopes.length >> 1];
}
