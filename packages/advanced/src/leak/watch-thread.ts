import { isMainThread, Worker } from 'node:worker_threads';
import { MemxError } from '@memx/core';
import { beforeProcessEnd } from '../inspector/before-process-end.js';
import workerSource from './leak-watch-worker.js?worker-source';
import {
  ENDED,
  RELEASED,
  STOP_ASKED,
  toWatchFailure,
  type WatchOptions,
  type WatchOrder,
  type WatchUpdate,
  type WatchWorkerData,
} from './watch-messages.js';

const RELEASE_LIMIT_MS = 2_000;

export interface WatchThreadOptions {
  readonly watch: WatchOptions;
  /** An open file descriptor for updates as JSON lines; null to get them by `onUpdate`. */
  readonly reportFd: number | null;
  readonly onUpdate?: (update: WatchUpdate) => void;
  /** The watch is over, and its session closed. */
  readonly onEnd?: () => void;
  /** Whether the process stays alive until the watch ends. */
  readonly keepAlive: boolean;
}

/** A watch of the main thread's heap from a worker thread. */
export interface WatchThread extends Disposable {
  /** Ends the watch. Waits (at most 2 s) until the inspector session is closed. Twice is harmless. */
  stop(): void;
}

/**
 * Starts a watch in a worker thread of its own (17–30 ms until it runs on Node 20; this call does not wait for it).
 *
 * @throws MemxError `ERR_MEMX_UNSUPPORTED` outside the main thread: an inspector reaches no other worker's heap.
 */
export function startWatchThread({
  watch,
  reportFd,
  onUpdate,
  onEnd,
  keepAlive,
}: WatchThreadOptions): WatchThread {
  if (!isMainThread) {
    throw new MemxError('ERR_MEMX_UNSUPPORTED', {
      what: 'A watch thread was started outside the main thread',
      remedy: 'Start it in the main thread; it watches the main thread only.',
    });
  }
  const control = new Int32Array(new SharedArrayBuffer(8));
  const workerData: WatchWorkerData = { options: watch, reportFd, control };
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(workerSource)}`), {
    workerData,
    // The user's preloads are for the user's threads.
    execArgv: [],
    env: {},
  });
  if (!keepAlive) worker.unref();

  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    ending[Symbol.dispose]();
    Atomics.store(control, STOP_ASKED, 1);
    order(worker, 'stop');
    Atomics.wait(control, RELEASED, 0, RELEASE_LIMIT_MS);
  };
  const end = () => {
    stopped = true;
    ending[Symbol.dispose]();
    closeSoon(worker);
    onEnd?.();
  };
  // An inspector session that is open at the end makes Node wait for a debugger, and say so.
  const ending = beforeProcessEnd(stop);
  worker.on('message', (message: WatchUpdate | typeof ENDED) => {
    if (message === ENDED) end();
    else onUpdate?.(message);
  });
  worker.on('error', (error) => {
    onUpdate?.({ kind: 'failed', failure: toWatchFailure(error) });
    end();
  });
  return { stop, [Symbol.dispose]: stop };
}

function order(worker: Worker, what: WatchOrder): void {
  worker.postMessage(what);
}

/**
 * The thread must outlive its closed session until the main thread's event loop has taken note: Node aborts the
 * process when that note finds no thread to answer to (Node 20.20, in 1 of 3 tries).
 */
function closeSoon(worker: Worker): void {
  setImmediate(() => setImmediate(() => order(worker, 'close')));
}
