export {
  AdvancedMemoryProfiler,
  type AdvancedMemoryProfilerOptions,
  type TopAllocation,
} from './allocation/advanced-memory-profiler.js';
export type { FrameOrigin, StackFrame } from './allocation/stack-frame.js';
export type {
  FrameBytes,
  LeakEvidence,
  PauseAccount,
  RoundReading,
  SiteHistory,
  TypeCount,
  TypeReading,
} from './leak/evidence.js';
export { judgeLeaks } from './leak/judge-leaks.js';
export { LeakDetector, type LeakDetectorOptions, type MonitoringOptions, watchOptions } from './leak/leak-detector.js';
export type {
  Confidence,
  HeapGrowth,
  LeakReport,
  LeakSuspect,
  SuspectSite,
  TypeGrowth,
} from './leak/leak-report.js';
export { fromWatchFailure, type WatchFailure, type WatchOptions, type WatchUpdate } from './leak/watch-messages.js';
export { startWatchThread, type WatchThread, type WatchThreadOptions } from './leak/watch-thread.js';
