import type { LineWriterOptions } from '../../allocation/write-line.js';
import { type InspectorThread, startInspectorThread } from '../../inspector/inspector-thread.js';
import workerSource from './leak-watch-worker.js?worker-source';
import { toWatchFailure, type WatchOptions, type WatchTask, type WatchUpdate } from './watch-messages.js';

export interface WatchThreadOptions {
  readonly watch: WatchOptions;
  /** Where updates go as lines of JSON; null to get them by `onUpdate`. */
  readonly lines: LineWriterOptions | null;
  readonly onUpdate?: (update: WatchUpdate) => void;
  /** The watch is over, and its session closed. */
  readonly onEnd?: () => void;
  /** Whether the process stays alive until the watch ends. */
  readonly keepAlive: boolean;
}

/** A watch of the main thread's heap from a worker thread. */
export type WatchThread = InspectorThread;

/**
 * Starts a watch in a worker thread of its own (17–30 ms until it runs on Node 20; this call does not wait for it).
 *
 * @throws MemxError `ERR_MEMX_UNSUPPORTED` outside the main thread: an inspector reaches no other worker's heap.
 */
export function startWatchThread(options: WatchThreadOptions): WatchThread {
  const { watch, lines, onUpdate, onEnd, keepAlive } = options;
  const task: WatchTask = { options: watch, lines };
  return startInspectorThread<WatchUpdate>({
    source: workerSource,
    task,
    onMessage: (update) => onUpdate?.(update),
    onError: (error) => onUpdate?.({ kind: 'failed', failure: toWatchFailure(error) }),
    onEnd: () => onEnd?.(),
    keepAlive,
  });
}
