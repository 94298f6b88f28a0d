import { type MemoryMetric, type MemorySample, memoryMetrics } from '../model/sample.js';

/** Samples column by column, rows in the order of time; NaN is what was not read. */
export type SeriesColumns = { readonly [name in 'timeMs' | MemoryMetric]: Float64Array };

/** The names of all columns, time first. */
export const columnNames: readonly (keyof SeriesColumns)[] = ['timeMs', ...memoryMetrics];

export function allocateColumns(rows: number): SeriesColumns {
  return mapColumns(() => new Float64Array(rows).fill(Number.NaN));
}

/** One new column for every name. */
export function mapColumns(make: (name: keyof SeriesColumns) => Float64Array): SeriesColumns {
  return {
    timeMs: make('timeMs'),
    rssBytes: make('rssBytes'),
    heapUsedBytes: make('heapUsedBytes'),
    heapTotalBytes: make('heapTotalBytes'),
    externalBytes: make('externalBytes'),
    arrayBuffersBytes: make('arrayBuffersBytes'),
  };
}

export function columnsFromSamples(samples: readonly MemorySample[]): SeriesColumns {
  const sorted = [...samples].sort((a, b) => a.timeMs - b.timeMs);
  const columns = allocateColumns(sorted.length);
  sorted.forEach((sample, row) => {
    writeRow(columns, row, sample);
  });
  return columns;
}

export function writeRow(columns: SeriesColumns, row: number, sample: MemorySample): void {
  for (const name of columnNames) columns[name][row] = sample[name] ?? Number.NaN;
}

export function readRow(columns: SeriesColumns, row: number): MemorySample {
  const read = (metric: MemoryMetric) => nullWhenUnread(columns[metric][row]);
  return {
    timeMs: columns.timeMs[row] ?? Number.NaN,
    rssBytes: columns.rssBytes[row] ?? Number.NaN,
    heapUsedBytes: read('heapUsedBytes'),
    heapTotalBytes: read('heapTotalBytes'),
    externalBytes: read('externalBytes'),
    arrayBuffersBytes: read('arrayBuffersBytes'),
  };
}

/** Not read is NaN in a column and null everywhere else. */
export function nullWhenUnread(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
