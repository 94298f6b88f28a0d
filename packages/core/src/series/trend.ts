import { type MannKendall, mannKendall } from './mann-kendall.js';
import { theilSen } from './theil-sen.js';

/** Where a metric is heading. */
export interface MemoryTrend {
  /** Theil–Sen: the median slope. */
  readonly slopeBytesPerSecond: number;
  /** Ends of the 95 % interval of the slope. */
  readonly lowBytesPerSecond: number;
  readonly highBytesPerSecond: number;
  readonly mannKendall: MannKendall;
}

/** @returns null with fewer than three readings, or when all were made at one moment */
export function estimateTrend(times: Float64Array, values: Float64Array): MemoryTrend | null {
  const isRead = (_: number, row: number) => !Number.isNaN(values[row] ?? Number.NaN);
  const readValues = values.filter(isRead);
  if (readValues.length < 3) return null;
  const line = theilSen(
    times.filter(isRead).map((timeMs) => timeMs / 1000),
    readValues,
  );
  if (line === null) return null;
  return {
    slopeBytesPerSecond: line.slope,
    lowBytesPerSecond: line.low,
    highBytesPerSecond: line.high,
    mannKendall: mannKendall(readValues),
  };
}
