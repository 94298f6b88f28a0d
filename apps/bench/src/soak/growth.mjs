import { mannKendall, theilSen } from '@memx/core';

const HOUR_MS = 3_600_000;
/** Code is compiled and caches are filled until then. */
const WARM_UP_SHARE = 0.25;

/**
 * The slope of a series after its warm-up (Theil–Sen), with its 95 % interval, and whether it rises beyond chance (Mann–Kendall).
 *
 * @param {readonly { timeMs: number }[]} readings
 * @param {string} metric
 * @param {number} durationMs what comes later is left out
 * @returns {{ bytesPerHour: number, low: number, high: number, grownBytes: number, leastGrownBytes: number, rises: boolean,
 *   lastBytes: number } | null} grown: from the warm-up's end to the last reading, at that slope and at the interval's lower end
 */
export function growthOf(readings, metric, durationMs) {
  const warm = readings.filter(({ timeMs }) => timeMs >= durationMs * WARM_UP_SHARE && timeMs <= durationMs);
  const values = warm.map((reading) => reading[metric]);
  const hours = warm.map(({ timeMs }) => timeMs / HOUR_MS);
  const line = theilSen(hours, values);
  if (!line) return null;
  const { z, p } = mannKendall(values);
  const span = hours.at(-1) - hours[0];
  return {
    bytesPerHour: line.slope,
    low: line.low,
    high: line.high,
    grownBytes: line.slope * span,
    leastGrownBytes: line.low * span,
    rises: z > 0 && p < 0.01,
    lastBytes: values.at(-1),
  };
}
