import type { MemorySample } from '../model/sample.js';
import { allocateColumns, columnNames, type SeriesColumns, writeRow } from '../series/columns.js';
import type { SampleLog } from './sample-log.js';
import type { RssRows } from './sample-rows.js';

/** What is known of a stretch of time: full samples at both ends, and what was read in between. */
export interface Readings {
  readonly first: MemorySample;
  readonly last: MemorySample;
  readonly log: SampleLog;
  readonly rows: RssRows;
}

/** One series of columns out of both kinds of rows, by time. */
export function mergeRows({ first, last, log, rows }: Readings): SeriesColumns {
  const { begin, end } = log.find(first.timeMs, last.timeMs);
  const merged = allocateColumns(2 + (end - begin) + rows.times.length);
  writeRow(merged, 0, first);
  let at = 1;
  let fromLog = begin;
  let fromRows = 0;
  while (fromLog < end || fromRows < rows.times.length) {
    const logTime = fromLog < end ? (log.columns.timeMs[fromLog] ?? 0) : Number.POSITIVE_INFINITY;
    const rowTime = rows.times[fromRows] ?? Number.POSITIVE_INFINITY;
    if (logTime <= rowTime) {
      for (const name of columnNames) merged[name][at] = log.columns[name][fromLog] ?? Number.NaN;
      fromLog++;
    } else {
      merged.timeMs[at] = rowTime;
      merged.rssBytes[at] = rows.rss[fromRows] ?? Number.NaN;
      fromRows++;
    }
    at++;
  }
  writeRow(merged, at, last);
  return merged;
}
