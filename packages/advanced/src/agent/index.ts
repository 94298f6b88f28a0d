/** What runs inside a program that is looked at from outside: little code, for it takes room in the heap it looks at. */

export { turnInliningOff } from '../allocation/inlining.js';
export { planRecording, recordThread } from '../allocation/record-thread.js';
export type { RecordedLine, RecordingOptions, RecordingPlan } from '../allocation/recording-plan.js';
export type { LineWriterOptions } from '../allocation/write-line.js';
export { writeLine } from '../allocation/write-line.js';
export { serveIsolate } from '../inspector/serve-isolate.js';
export { type OutsideOptions, recordOutside } from '../leak/watch/record-outside.js';
export type { WatchOptions } from '../leak/watch/watch-messages.js';
export { startWatchThread, type WatchThread, type WatchThreadOptions } from '../leak/watch/watch-thread.js';
