export { MemxError, type MemxErrorCode, type MemxErrorDetails } from './errors.js';
export { writeFileWhole, writeFileWholeSync } from './files/write-file-whole.js';
export { type FormatBytesOptions, formatBytes, parseBytes } from './model/bytes.js';
export {
  checkFunction,
  checkMethod,
  checkNumber,
  checkOneOf,
  checkOptions,
  checkString,
  type NumberRange,
} from './model/option-checks.js';
export { type MemoryMetric, type MemorySample, memoryMetrics } from './model/sample.js';
export type { Ticker } from './sampler/ticker.js';
export {
  type SamplingOptions,
  startSampler,
  startTracking,
  type Tracking,
  type TrackingOptions,
} from './sampler/tracking.js';
export type { MemorySeriesJson } from './series/json.js';
export { type MannKendall, mannKendall } from './series/mann-kendall.js';
export { MemorySeries } from './series/memory-series.js';
export type { SeriesMeta } from './series/series-data.js';
export type { MetricValues, SeriesSummary } from './series/summarize.js';
export { type TheilSenLine, theilSen } from './series/theil-sen.js';
export type { MemoryTrend } from './series/trend.js';
export { type GcEvent, type GcKind, observeGc } from './source/gc-observer.js';
export { openPidSource, type PidSource } from './source/pid-source.js';
export { type MemorySource, processSource } from './source/process-source.js';
export { AsyncMemoryContext } from './track/async-memory-context.js';
export { type GlobalTracker, type GlobalTrackerOptions, globalTracker } from './track/global-tracker.js';
export { MemoryContext } from './track/memory-context.js';
export type { MemoryDecorator } from './track/memory-decorator.js';
export type { MemoryProfile, ProfileListeners, TrackedOutcome } from './track/memory-profile.js';
export type { SeriesExportOptions } from './track/series-exports.js';
export { trackMemory } from './track/track-memory.js';
export type { TrackMemoryOptions } from './track/tracked-call.js';
export type {
  GeneratorMeasurement,
  TrackedAsyncGenerator,
  TrackedGenerator,
} from './track/tracked-generator.js';
export type { Tracked, TrackedResult } from './track/tracked-result.js';
