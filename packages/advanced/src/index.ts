export { type LeakDetectorOptions, LeakDetector, type MonitoringOptions, watchOptions } from './leak/leak-detector.js';
export type { LeakEvidence, PauseAccount, RoundReading, SiteHistory, TypeCount, TypeReading } from './leak/evidence.js';
export { judgeLeaks } from './leak/judge-leaks.js';
export type { Confidence, HeapGrowth, LeakReport, LeakSuspect, SuspectSite } from './leak/leak-report.js';
export { fromWatchFailure, type WatchFailure, type WatchOptions, type WatchUpdate } from './leak/watch-messages.js';
export { startWatchThread, type WatchThread, type WatchThreadOptions } from './leak/watch-thread.js';
