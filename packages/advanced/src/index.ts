export {
  AdvancedMemoryProfiler,
  type AdvancedMemoryProfilerOptions,
  type TopAllocation,
} from './allocation/advanced-memory-profiler.js';
export type {
  AllocationProfile,
  AllocationStack,
  MemoryKind,
  ProfiledThread,
  ProfileMeta,
} from './allocation/allocation-profile.js';
export { keepCallPlaces } from './allocation/call-frame.js';
export { diffProfiles, mergeProfiles } from './allocation/combine-profiles.js';
export {
  type FunctionTotal,
  type OriginTotals,
  onlyMemory,
  type PackageTotal,
  rankFunctions,
  rankPackages,
  totalOf,
  totalsByOrigin,
} from './allocation/profile-totals.js';
export { planRecording, recordThread } from './allocation/record-thread.js';
export type { RecordedLine, RecordingOptions, RecordingPlan } from './allocation/recording-plan.js';

export { refineProfile, type StackRefiner } from './allocation/refine-profile.js';
export type { CallStack } from './allocation/sampling-profile-decoder.js';
export type { FrameOrigin, StackFrame } from './allocation/stack-frame.js';
export type { LineWriterOptions } from './allocation/write-line.js';
export { type CompareHeapsOptions, compareHeaps } from './compare/compare-heaps.js';
export type { GrownType } from './compare/growing-paths.js';
export type { GrowingPath, HeapComparison } from './compare/heap-comparison.js';
export type { IdCohort } from './compare/id-cohorts.js';
export type { LeakShare } from './compare/leak-shares.js';
export type { ObjectDiff, ObjectDiffRow } from './compare/object-diff.js';
export type { ObjectRow } from './compare/object-row.js';
export { ObjectSnapshot } from './compare/object-snapshot.js';
export type { ObjectsJson } from './compare/objects-json.js';
export type { TypeGrowthRow } from './compare/type-growth-rows.js';
export {
  type AllocationCount,
  type CountAllocationsOptions,
  countAllocations,
} from './counting/count-allocations.js';
export {
  type AccumulationPoint,
  findAccumulationPoints,
  type HeldClass,
} from './explain/accumulation-points.js';
export {
  type DuplicateString,
  type DuplicateStrings,
  findDuplicateStrings,
} from './explain/duplicate-strings.js';
export { HeapExplainer, type HeapObject } from './explain/heap-explainer.js';
export { heldAlone } from './explain/held-alone.js';
export { findLargestObjects } from './explain/largest-objects.js';
export { matchName, matchObjects, type ObjectFilter } from './explain/object-filter.js';
export { listRetainers, type ObjectRetainer } from './explain/object-retainers.js';
export { type PackageBytes, sumPackages } from './explain/package-bytes.js';
export { groupByPath, type PathGroup, type PathGroups } from './explain/path-groups.js';
export { countUnheld, type UnheldObjects } from './explain/unheld-objects.js';
export {
  decodeProfile,
  encodeProfile,
  type ProfileFormat,
  profileFileEndings,
  profileFormatOf,
} from './formats/profile-formats.js';
export type { ClassRow } from './graph/class-rows.js';
export type { HeapEdgeType } from './graph/edge-word.js';
export type { GraphProgress, OpenGraphOptions } from './graph/graph-progress.js';
export type { HeapEdge } from './graph/heap-edge.js';
export { HeapGraph } from './graph/heap-graph.js';
export type { NodeLocation } from './graph/node-locations.js';
export type { SnapshotPiece, SnapshotSource } from './graph/snapshot-source.js';
export { serveIsolate } from './inspector/serve-isolate.js';
export type {
  LeakEvidence,
  PauseAccount,
  RoundReading,
  SiteHistory,
  SnapshotFile,
  StackBytes,
  ThreadEvidence,
  TypeCount,
  TypeReading,
} from './leak/evidence.js';
export { explainLeaks } from './leak/explain/explain-leaks.js';
export { judgeLeaks } from './leak/judge/judge-leaks.js';
export { LeakDetector, type MonitoringOptions } from './leak/leak-detector.js';
export { type LeakDetectorOptions, type WatchPlan, watchOptions } from './leak/leak-detector-options.js';
export type {
  Confidence,
  GrowthPattern,
  HeapGrowth,
  LeakReport,
  LeakSuspect,
  OwnFunction,
  SuspectSite,
  TypeGrowth,
} from './leak/leak-report.js';
export type { LeakWatch, LeakWatchStatus } from './leak/production/leak-watch.js';
export type {
  FloorAlarm,
  FloorMetric,
  LeakWatchEvent,
  RequestRoute,
  WatchedObjects,
  WatchedRequests,
} from './leak/production/leak-watch-event.js';
export type { LeakWatchOptions } from './leak/production/leak-watch-options.js';
export { startLeakWatch } from './leak/production/start-leak-watch.js';
export { refineEvidence } from './leak/refine-evidence.js';
export { type OutsideOptions, recordOutside } from './leak/watch/record-outside.js';
export { VerdictKeeper } from './leak/watch/verdict-keeper.js';
export type { WatchContent, WatchFailure, WatchOptions, WatchUpdate } from './leak/watch/watch-messages.js';
export { startWatchThread, type WatchThread, type WatchThreadOptions } from './leak/watch/watch-thread.js';
export type { CpuUse } from './process/cpu-use.js';
export type { HeapSpace, HeapSummary } from './process/heap-summary.js';
export type { MemoryLimits } from './process/memory-limits.js';
export {
  type ContextSwitches,
  ProcessSnapshot,
  type ProcessSnapshotOptions,
} from './process/process-snapshot.js';
export { engineTypeNames, isEngineRow } from './snapshot/engine-rows.js';
export { type HistogramOptions, HistogramReader } from './snapshot/histogram-reader.js';
export { describeNode, type NodeDescription, type NodeKind } from './snapshot/node-naming.js';
export type { CountingSession } from './snapshot/price/count-objects.js';
export type { ObjectCounts } from './snapshot/price/object-counts.js';
export { priceSnapshot } from './snapshot/price/price-snapshot.js';
export { priceReading, type SnapshotPrice } from './snapshot/price/snapshot-price.js';
export { type HistogramFileOptions, readHistogram, readHistogramFile } from './snapshot/read-histogram.js';
export { readLiveHistogram } from './snapshot/read-live-histogram.js';
export {
  type RedactedSnapshot,
  type RedactSnapshotOptions,
  redactSnapshot,
} from './snapshot/redact/redact-snapshot.js';
export type { RedactionLevel } from './snapshot/redact/redaction-level.js';
export type { SnapshotHistogram, TypeCohort, TypeRow } from './snapshot/snapshot-histogram.js';
export { checkSnapshotFitsNow } from './snapshot/take/check-fits-now.js';
export type { HeapReading, HeapSource, HeapStreamProgress } from './snapshot/take/heap-source.js';
export { packFile } from './snapshot/take/pack-file.js';
export { type HeapSession, readHeap } from './snapshot/take/read-heap.js';
export {
  type TakenSnapshot,
  type TakeSnapshotOptions,
  type TakeSnapshotProgress,
  takeSnapshot,
} from './snapshot/take/take-snapshot.js';
