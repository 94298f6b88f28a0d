import { memoryMetrics } from '../model/sample.js';
import { mapColumns, type SeriesColumns } from './columns.js';
import { selectExtremes } from './select-extremes.js';

/** Fewer rows cannot hold the first, last, lowest and highest reading of five metrics. */
export const LEAST_DOWNSAMPLED = 4 * memoryMetrics.length;

/** Keeps each metric's first, last, lowest and highest reading, overall and in as many spans of time as fit. */
export function downsampleColumns(columns: SeriesColumns, maxSamples: number): SeriesColumns {
  const rows = columns.timeMs.length;
  if (rows <= maxSamples) return columns;
  const metrics = memoryMetrics.map((metric) => columns[metric]);
  const ends = new Set(metrics.flatMap(firstAndLastRead));
  let spans = maxSamples;
  let kept: number[];
  do {
    spans = Math.max(1, Math.floor(spans / 2));
    const extremes = selectExtremes(columns.timeMs, metrics, { from: 0, to: rows, spans });
    kept = [...new Set([...ends, ...extremes])].sort((a, b) => a - b);
  } while (kept.length > maxSamples);
  return mapColumns((name) => Float64Array.from(kept, (row) => columns[name][row] ?? Number.NaN));
}

function firstAndLastRead(column: Float64Array): number[] {
  const isRead = (value: number) => !Number.isNaN(value);
  const first = column.findIndex(isRead);
  return first < 0 ? [] : [first, column.findLastIndex(isRead)];
}
