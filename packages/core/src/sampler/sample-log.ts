import type { MemorySample } from '../model/sample.js';
import { allocateColumns, type SeriesColumns, writeRow } from '../series/columns.js';
import { compactRows, firstRowFrom } from './compact-rows.js';

/** Rows: 7 minutes at 100 ms before the older ones are thinned for the first time. */
const CAPACITY = 4096;

/** Rows of a log, from `begin` until before `end`; valid until the next append. */
export interface LogRows {
  readonly columns: SeriesColumns;
  readonly begin: number;
  readonly end: number;
}

/** Full samples of one thread, bounded: 192 KiB. */
export interface SampleLog {
  append(sample: MemorySample, keepFromMs: number): void;
  /** The rows from one time until before another. */
  find(fromMs: number, toMs: number): LogRows;
  clear(): void;
}

export function createSampleLog(): SampleLog {
  const columns = allocateColumns(CAPACITY);
  const { timeMs, ...metrics } = columns;
  let count = 0;
  return {
    append(sample, keepFromMs) {
      if (count === CAPACITY) count = compactRows([timeMs, ...Object.values(metrics)], count, keepFromMs);
      writeRow(columns, count++, sample);
    },
    find: (fromMs, toMs) => ({
      columns,
      begin: firstRowFrom(timeMs, count, fromMs),
      end: firstRowFrom(timeMs, count, toMs),
    }),
    clear() {
      count = 0;
    },
  };
}
