import { MemxError } from '../errors.js';
import { formatBytes } from '../model/bytes.js';
import { checkNumber, checkOneOf, checkString } from '../model/option-checks.js';
import { type MemoryMetric, type MemorySample, memoryMetrics } from '../model/sample.js';
import { decodeSeriesBinary, encodeSeriesBinary } from './binary.js';
import { columnNames, columnsFromSamples, readRow } from './columns.js';
import { decodeSeriesCsv, encodeSeriesCsv } from './csv.js';
import { downsampleColumns, LEAST_DOWNSAMPLED } from './downsample.js';
import { renderSeriesHtml } from './html.js';
import { decodeSeriesJson, encodeSeriesJson, type MemorySeriesJson } from './json.js';
import type { SeriesData, SeriesMeta } from './series-data.js';
import { type MetricValues, type SeriesSummary, summarizeColumns } from './summarize.js';
import { renderSeriesSvg } from './svg.js';
import { estimateTrend, type MemoryTrend } from './trend.js';

/**
 * Memory over a stretch of time: immutable, at least one sample, in the order of time.
 *
 * The resident set is read on a thread of its own and the heap on yours, so a sample need not have every metric:
 * what was not read is `null`, and each metric is summarized over the samples that have it. Holds 48 bytes a sample.
 */
export class MemorySeries implements Iterable<MemorySample> {
  /** What was measured, in your words. */
  readonly label: string | null;
  /** When the first sample was taken, in milliseconds since 1970. */
  readonly startedAtEpochMs: number;
  /**
   * The operating system's own record of the highest resident set, where it rose while the series was made: the
   * true peak, even of a burst between two samples. `null` when a record from before still stands, or is unknown.
   */
  readonly rssHighWaterBytes: number | null;

  private readonly data: SeriesData;
  private summary: SeriesSummary | undefined;

  private constructor(data: SeriesData) {
    this.label = data.label;
    this.startedAtEpochMs = data.startedAtEpochMs;
    this.rssHighWaterBytes = data.rssHighWaterBytes;
    this.data = data;
  }

  /**
   * @param samples at least one, in any order
   * @throws MemxError `ERR_MEMX_INVALID_OPTION`
   */
  static fromSamples(samples: Iterable<MemorySample>, meta: Partial<SeriesMeta> = {}): MemorySeries {
    const columns = columnsFromSamples([...samples]);
    if (columns.timeMs.length === 0 || columns.timeMs.some(Number.isNaN)) {
      throw new MemxError('ERR_MEMX_INVALID_OPTION', {
        what: 'A series needs at least one sample, and every sample its timeMs',
        remedy: 'Give what a MemorySource has read.',
      });
    }
    return createSeries({
      columns,
      label: checkString('label', meta.label ?? undefined) || null,
      startedAtEpochMs: checkNumber('startedAtEpochMs', meta.startedAtEpochMs ?? 0),
      rssHighWaterBytes:
        meta.rssHighWaterBytes == null ? null : checkNumber('rssHighWaterBytes', meta.rssHighWaterBytes),
    });
  }

  /** @internal Takes the columns over; they must not change any more. */
  static fromData(data: SeriesData): MemorySeries {
    // Named in its own body, the class would be called _MemorySeries by the bundler.
    return new this(data);
  }

  /**
   * @param json the text that {@link toJSON} became, or the object
   * @throws MemxError `ERR_MEMX_SERIES_FORMAT`
   */
  static fromJSON(json: unknown): MemorySeries {
    return createSeries(decodeSeriesJson(json));
  }

  /** @throws MemxError `ERR_MEMX_SERIES_FORMAT` */
  static fromCSV(text: string): MemorySeries {
    return createSeries(decodeSeriesCsv(text));
  }

  /** @throws MemxError `ERR_MEMX_SERIES_FORMAT` */
  static fromBinary(bytes: Uint8Array): MemorySeries {
    return createSeries(decodeSeriesBinary(bytes));
  }

  /** How many samples. */
  get length(): number {
    return this.data.columns.timeMs.length;
  }

  /** From the first sample to the last. */
  get durationMs(): number {
    return (this.data.columns.timeMs.at(-1) ?? 0) - (this.data.columns.timeMs[0] ?? 0);
  }

  get start(): MetricValues {
    return this.summarize().start;
  }

  get end(): MetricValues {
    return this.summarize().end;
  }

  /** The highest samples; of the resident set, {@link rssHighWaterBytes} if that is higher. */
  get peak(): MetricValues {
    return this.summarize().peak;
  }

  get min(): MetricValues {
    return this.summarize().min;
  }

  /** Weighted by time. */
  get mean(): MetricValues {
    return this.summarize().mean;
  }

  /** `end` minus `start`. */
  get delta(): MetricValues {
    return this.summarize().delta;
  }

  /** When the highest sample of each metric was taken, on the clock of the samples. */
  get peakAtMs(): MetricValues {
    return this.summarize().peakAtMs;
  }

  /** The sample at an index, from the end where it is negative. */
  at(index: number): MemorySample | undefined {
    const row = index < 0 ? this.length + index : index;
    return Number.isInteger(row) && row >= 0 && row < this.length
      ? readRow(this.data.columns, row)
      : undefined;
  }

  *[Symbol.iterator](): Generator<MemorySample, void, undefined> {
    for (let row = 0; row < this.length; row++) yield readRow(this.data.columns, row);
  }

  /** A copy of one column, in bytes or milliseconds; NaN is what was not read. */
  column(name: MemoryMetric | 'timeMs'): Float64Array {
    return this.data.columns[checkOneOf('column', name, columnNames)].slice();
  }

  /**
   * A series of at most so many samples, real ones: the first, the last, and those where a metric is lowest or
   * highest within its span of time. Everything but `mean` comes out the same.
   *
   * @param maxSamples 20 or more
   * @throws MemxError `ERR_MEMX_INVALID_OPTION`
   */
  downsample(maxSamples: number): MemorySeries {
    checkNumber('maxSamples', maxSamples, { min: LEAST_DOWNSAMPLED, integer: true });
    return createSeries({ ...this.data, columns: downsampleColumns(this.data.columns, maxSamples) });
  }

  /**
   * Where a metric is heading: Theil–Sen's slope and Mann–Kendall's test over the samples that have it. About 20 ms
   * for a long series.
   *
   * @returns null with fewer than three readings
   * @throws MemxError `ERR_MEMX_INVALID_OPTION`
   */
  trend(metric: MemoryMetric): MemoryTrend | null {
    return estimateTrend(
      this.data.columns.timeMs,
      this.data.columns[checkOneOf('metric', metric, memoryMetrics)],
    );
  }

  /** For `JSON.stringify`; schema `memx.series/1`. */
  toJSON(): MemorySeriesJson {
    return encodeSeriesJson(this.data, this.summarize());
  }

  /** RFC 4180 with a header row; every row names its schema, label and instant, so that files can be joined. */
  toCSV(): string {
    return encodeSeriesCsv(this.data);
  }

  /** For machines: 48 bytes a sample or less. */
  toBinary(): Buffer {
    return encodeSeriesBinary(this.data);
  }

  /** A line chart of all metrics, 800 × 400, in light and dark. */
  toSVG(): string {
    return renderSeriesSvg(this.data, this.summarize());
  }

  /** One page with the chart and a table; nothing is loaded from anywhere. */
  toHTML(): string {
    return renderSeriesHtml(this.data, this.summarize());
  }

  /** What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const name = this.label === null ? 'MemorySeries' : `MemorySeries '${this.label}'`;
    const { peak, delta } = this;
    const rss = `rss peak ${formatBytes(peak.rssBytes)}, ${formatBytes(delta.rssBytes, { signed: true })}`;
    return `${name} { ${this.length} samples, ${this.durationMs.toFixed(1)} ms, ${rss} }`;
  }

  private summarize(): SeriesSummary {
    this.summary ??= summarizeColumns(this.data.columns, this.rssHighWaterBytes);
    return this.summary;
  }
}

function createSeries(data: SeriesData): MemorySeries {
  return MemorySeries.fromData(data);
}
