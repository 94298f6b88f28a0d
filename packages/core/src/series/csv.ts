import { memoryMetrics } from '../model/sample.js';
import { columnNames, mapColumns, type SeriesColumns } from './columns.js';
import { checkSeriesData, SERIES_SCHEMA, type SeriesData, seriesFormatError } from './series-data.js';

/**
 * What describes the series stands in every row, so that rows of many files can be put into one table:
 * `sampleCount` also tells a file that was cut short at the end of a line.
 */
const HEADER = ['schema', 'label', 'rssHighWaterBytes', 'sampleCount', 'epochMs', ...columnNames];

export function encodeSeriesCsv({ label, rssHighWaterBytes, startedAtEpochMs, columns }: SeriesData): string {
  const { timeMs } = columns;
  const begin = timeMs[0] ?? 0;
  const constant = [SERIES_SCHEMA, quote(label ?? ''), rssHighWaterBytes ?? '', timeMs.length].join();
  const lines = [HEADER.join()];
  timeMs.forEach((time, row) => {
    const metrics = memoryMetrics.map((metric) => writeNumber(columns[metric][row]));
    lines.push([constant, startedAtEpochMs + (time - begin), time, ...metrics].join());
  });
  return `${lines.join('\r\n')}\r\n`;
}

export function decodeSeriesCsv(text: string): SeriesData {
  const [header, ...rows] = parseCsv(text);
  if (header?.join() !== HEADER.join()) {
    throw seriesFormatError('The first line is not the header of a memory series', header?.join());
  }
  const first = rows[0];
  const [schema, label, highWater, sampleCount, epochMs] = first ?? [];
  if (schema !== SERIES_SCHEMA) throw seriesFormatError('The rows are of no schema that memx knows', schema);
  if (rows.length !== Number(sampleCount)) {
    throw seriesFormatError(`The file has not the ${sampleCount} samples that it should have`, rows.length);
  }
  const odd = rows.find((row) => row.length !== HEADER.length);
  if (odd !== undefined) throw seriesFormatError('A row has too few or too many fields', odd.join());
  const readColumn = (name: keyof SeriesColumns) => {
    const field = HEADER.indexOf(name);
    return Float64Array.from(rows, (row) => readNumber(row[field]));
  };
  const highWaterBytes = readNumber(highWater);
  return checkSeriesData({
    label: label || null,
    startedAtEpochMs: readNumber(epochMs),
    rssHighWaterBytes: Number.isNaN(highWaterBytes) ? null : highWaterBytes,
    columns: mapColumns(readColumn),
  });
}

function writeNumber(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(value);
}

function readNumber(field: string | undefined): number {
  if (field === undefined || field === '') return Number.NaN;
  const value = Number(field);
  if (Number.isNaN(value)) throw seriesFormatError('A field is not a number', field);
  return value;
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** RFC 4180, lines ended by CRLF or LF; the last line must be ended too. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n)/y;
  while (field.lastIndex < text.length) {
    const begin = field.lastIndex;
    const match = field.exec(text);
    if (match === null)
      throw seriesFormatError('The text is no CSV, or is cut short', text.slice(begin, begin + 60));
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
