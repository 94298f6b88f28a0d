import { builtin } from '../builtin.js';
import { columnNames, mapColumns, type SeriesColumns } from './columns.js';
import { checkSeriesData, SERIES_SCHEMA, type SeriesData, seriesFormatError } from './series-data.js';

/** The file begins with the schema's name and a zero byte; V8's serialized data follows. */
const MAGIC = Buffer.from(`${SERIES_SCHEMA}\0`, 'latin1');

export function encodeSeriesBinary(data: SeriesData): Buffer {
  const { label, startedAtEpochMs, rssHighWaterBytes, columns } = data;
  const read = columnNames.filter((name) => columns[name].some((value) => !Number.isNaN(value)));
  const payload = builtin('node:v8').serialize({
    label,
    startedAtEpochMs,
    rssHighWaterBytes,
    columns: Object.fromEntries(read.map((name) => [name, columns[name]])),
  });
  return Buffer.concat([MAGIC, payload]);
}

export function decodeSeriesBinary(bytes: Uint8Array): SeriesData {
  if (!MAGIC.equals(bytes.subarray(0, MAGIC.length))) {
    throw seriesFormatError('These bytes are no memory series', bytes.subarray(0, MAGIC.length));
  }
  const { label, startedAtEpochMs, rssHighWaterBytes, columns } = deserialize(bytes.subarray(MAGIC.length));
  const timeMs = columns?.timeMs;
  if (!(timeMs instanceof Float64Array)) throw seriesFormatError('A column is missing', 'timeMs');
  const readColumn = (name: keyof SeriesColumns) => {
    const column = columns?.[name];
    return column instanceof Float64Array ? column : new Float64Array(timeMs.length).fill(Number.NaN);
  };
  return checkSeriesData({
    label: label ?? null,
    startedAtEpochMs: startedAtEpochMs ?? 0,
    rssHighWaterBytes: rssHighWaterBytes ?? null,
    columns: mapColumns(readColumn),
  });
}

function deserialize(
  bytes: Uint8Array,
): Partial<Omit<SeriesData, 'columns'>> & { columns?: Partial<SeriesColumns> } {
  try {
    return Object(builtin('node:v8').deserialize(bytes));
  } catch (cause) {
    throw seriesFormatError('The series is cut short or damaged', `${bytes.length} bytes`, cause);
  }
}
