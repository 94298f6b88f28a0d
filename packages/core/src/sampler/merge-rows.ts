import type { MemorySample } from '../model/sample.js';
import { allocateColumns, columnNames, type SeriesColumns, writeRow } from '../series/columns.js';
import type { LogRows } from './sample-log.js';
import type { RssRows } from './sample-rows.js';

/** What is known of a stretch of time; undefined is what could not be had. */
export interface Readings {
  readonly first: MemorySample | undefined;
  readonly last: MemorySample | undefined;
  /** This thread's full samples in between. */
  readonly log: LogRows;
  /** The sampling thread's rows in between. */
  readonly rows: RssRows | undefined;
}

/** One series of columns out of all readings, by time. Where nothing could be read, it is a moment without numbers. */
export function mergeRows({ first, last, log, rows }: Readings): SeriesColumns {
  const { times, rss } = rows ?? { times: NOTHING, rss: NOTHING };
  const count =
    Number(first !== undefined) + (log.end - log.begin) + times.length + Number(last !== undefined);
  const merged = allocateColumns(Math.max(1, count));
  let at = 0;
  let fromLog = log.begin;
  let fromRows = 0;
  if (first !== undefined) writeRow(merged, at++, first);
  while (fromLog < log.end || fromRows < times.length) {
    const logTime = fromLog < log.end ? (log.columns.timeMs[fromLog] ?? 0) : Number.POSITIVE_INFINITY;
    const rowTime = times[fromRows] ?? Number.POSITIVE_INFINITY;
    if (logTime <= rowTime) {
      for (const name of columnNames) merged[name][at] = log.columns[name][fromLog] ?? Number.NaN;
      fromLog++;
    } else {
      merged.timeMs[at] = rowTime;
      merged.rssBytes[at] = rss[fromRows] ?? Number.NaN;
      fromRows++;
    }
    at++;
  }
  if (last !== undefined) writeRow(merged, at, last);
  if (count === 0) merged.timeMs[0] = performance.now();
  return merged;
}

const NOTHING = new Float64Array(0);
