import { MemxError } from '../errors.js';
import type { SeriesColumns } from './columns.js';

/** What is known of a series beside its samples. */
export interface SeriesMeta {
  readonly label: string | null;
  /** When the first sample was taken, in milliseconds since 1970. */
  readonly startedAtEpochMs: number;
  /** The operating system's record of the highest resident set, where it rose while the series was made. */
  readonly rssHighWaterBytes: number | null;
}

/** A series as plain data: what the formats write and read. */
export interface SeriesData extends SeriesMeta {
  readonly columns: SeriesColumns;
}

/** Names the layout of every format; a change that an old reader would misread gets the next number. */
export const SERIES_SCHEMA = 'memx.series/1';

export function seriesFormatError(what: string, value: unknown, cause?: unknown): MemxError {
  return new MemxError('ERR_MEMX_SERIES_FORMAT', {
    what,
    value,
    remedy: `Give a whole series as memx wrote it (${SERIES_SCHEMA}).`,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The last check of every reader: rows there are, all columns as long, and time runs forward. */
export function checkSeriesData(data: SeriesData): SeriesData {
  const { timeMs, ...metrics } = data.columns;
  if (timeMs.length === 0) throw seriesFormatError('The series has no samples', timeMs.length);
  for (const [name, column] of Object.entries(metrics)) {
    if (column.length !== timeMs.length) throw seriesFormatError('A column is too short or too long', name);
  }
  // Written so that NaN fails as well.
  const disorder = timeMs.findIndex((time, row) => row > 0 && !(time >= (timeMs[row - 1] ?? time)));
  if (disorder >= 0 || Number.isNaN(timeMs[0]))
    throw seriesFormatError('Time does not run forward', disorder);
  return data;
}
