import { type MemoryMetric, memoryMetrics } from '../model/sample.js';
import { nullWhenUnread, type SeriesColumns } from './columns.js';

/** One number for each metric; null where the metric was never read. */
export type MetricValues = { readonly rssBytes: number } & {
  readonly [metric in Exclude<MemoryMetric, 'rssBytes'>]: number | null;
};

/** What a series comes down to, all in bytes except the times. */
export interface SeriesSummary {
  readonly start: MetricValues;
  readonly end: MetricValues;
  readonly peak: MetricValues;
  readonly min: MetricValues;
  /** Weighted by time: the area under the line through the samples, divided by its length. */
  readonly mean: MetricValues;
  /** `end` minus `start`. */
  readonly delta: MetricValues;
  /** When the highest sample was taken, on the clock of the samples. */
  readonly peakAtMs: MetricValues;
}

interface ColumnSummary {
  start: number;
  end: number;
  peak: number;
  min: number;
  mean: number;
  delta: number;
  peakAtMs: number;
}

/** @param rssHighWaterBytes the peak that the operating system saw, where it is known to fall into the series */
export function summarizeColumns(columns: SeriesColumns, rssHighWaterBytes: number | null): SeriesSummary {
  const byMetric = new Map(
    memoryMetrics.map((metric) => [metric, summarizeColumn(columns.timeMs, columns[metric])]),
  );
  const rss = byMetric.get('rssBytes');
  if (rss !== undefined && rssHighWaterBytes !== null) rss.peak = Math.max(rss.peak, rssHighWaterBytes);
  const collect = (key: keyof ColumnSummary): MetricValues => {
    const read = (metric: MemoryMetric) => nullWhenUnread(byMetric.get(metric)?.[key]);
    return {
      rssBytes: rss?.[key] ?? Number.NaN,
      heapUsedBytes: read('heapUsedBytes'),
      heapTotalBytes: read('heapTotalBytes'),
      externalBytes: read('externalBytes'),
      arrayBuffersBytes: read('arrayBuffersBytes'),
    };
  };
  return {
    start: collect('start'),
    end: collect('end'),
    peak: collect('peak'),
    min: collect('min'),
    mean: collect('mean'),
    delta: collect('delta'),
    peakAtMs: collect('peakAtMs'),
  };
}

function summarizeColumn(times: Float64Array, values: Float64Array): ColumnSummary {
  const summary = { start: NaN, end: NaN, peak: NaN, min: NaN, mean: NaN, delta: NaN, peakAtMs: NaN };
  let area = 0;
  let length = 0;
  let sum = 0;
  let count = 0;
  let previousTime = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    const time = times[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (count === 0) summary.start = value;
    else {
      area += ((summary.end + value) / 2) * (time - previousTime);
      length += time - previousTime;
    }
    if (!(value <= summary.peak)) {
      summary.peak = value;
      summary.peakAtMs = time;
    }
    if (!(value >= summary.min)) summary.min = value;
    summary.end = value;
    previousTime = time;
    sum += value;
    count++;
  }
  summary.mean = length > 0 ? area / length : sum / count;
  summary.delta = summary.end - summary.start;
  return summary;
}
