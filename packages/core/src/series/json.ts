import type { MemoryMetric } from '../model/sample.js';
import { mapColumns, nullWhenUnread, type SeriesColumns } from './columns.js';
import { checkSeriesData, SERIES_SCHEMA, type SeriesData, seriesFormatError } from './series-data.js';
import type { SeriesSummary } from './summarize.js';

/** A series as JSON. Fields are added, never removed or changed in meaning. */
export interface MemorySeriesJson {
  readonly schema: typeof SERIES_SCHEMA;
  readonly label: string | null;
  /** When the first sample was taken, in milliseconds since 1970. */
  readonly startedAtEpochMs: number;
  readonly rssHighWaterBytes: number | null;
  /** In bytes, and `peakAtMs` in milliseconds. For the reader's convenience; memx computes it anew. */
  readonly summary: SeriesSummary;
  /** All as long as `timeMs`; null is what was not read. */
  readonly columns: { readonly [name in 'timeMs' | MemoryMetric]: readonly (number | null)[] };
}

export function encodeSeriesJson(data: SeriesData, summary: SeriesSummary): MemorySeriesJson {
  const list = (name: keyof SeriesColumns) => Array.from(data.columns[name], nullWhenUnread);
  return {
    schema: SERIES_SCHEMA,
    label: data.label,
    startedAtEpochMs: data.startedAtEpochMs,
    rssHighWaterBytes: data.rssHighWaterBytes,
    summary,
    columns: {
      timeMs: list('timeMs'),
      rssBytes: list('rssBytes'),
      heapUsedBytes: list('heapUsedBytes'),
      heapTotalBytes: list('heapTotalBytes'),
      externalBytes: list('externalBytes'),
      arrayBuffersBytes: list('arrayBuffersBytes'),
    },
  };
}

export function decodeSeriesJson(json: unknown): SeriesData {
  const series = readObject(typeof json === 'string' ? parse(json) : json);
  if (series['schema'] !== SERIES_SCHEMA) {
    throw seriesFormatError('This JSON is no memory series', series['schema']);
  }
  const { label, startedAtEpochMs, rssHighWaterBytes } = series;
  const lists = readObject(series['columns']);
  return checkSeriesData({
    label: typeof label === 'string' ? label : null,
    startedAtEpochMs: readNumber('startedAtEpochMs', startedAtEpochMs),
    rssHighWaterBytes: rssHighWaterBytes == null ? null : readNumber('rssHighWaterBytes', rssHighWaterBytes),
    columns: mapColumns((name) => readColumn(name, lists[name])),
  });
}

function readColumn(name: string, list: unknown): Float64Array {
  if (!Array.isArray(list)) throw seriesFormatError('A column is missing', name);
  return Float64Array.from(list, (value) => (value === null ? Number.NaN : readNumber(name, value)));
}

function readNumber(name: string, value: unknown): number {
  if (typeof value === 'number') return value;
  throw seriesFormatError(`${name} is not a number`, value);
}

function readObject(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null) return { ...value };
  throw seriesFormatError('An object is missing', value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw seriesFormatError('This is not JSON', text, cause);
  }
}
