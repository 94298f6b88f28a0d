import { isMainThread, type Worker } from 'node:worker_threads';
import { MemxError } from '@memx/core';
import { beforeProcessEnd } from './before-process-end.js';
import {
  ENDED,
  type InspectorOrder,
  type InspectorWorkerData,
  RELEASED,
  STOP_ASKED,
} from './inspector-orders.js';
import { startOwnWorker } from './own-worker.js';

const RELEASE_LIMIT_MS = 2_000;

export interface InspectorThreadOptions<Message> {
  /** The text of a program that calls `runInspectorThread`. */
  readonly source: string;
  /** What it is to do; cloned into the thread. */
  readonly task: object;
  readonly onMessage?: (message: Message) => void;
  /** The thread died of an error. */
  readonly onError?: (error: Error) => void;
  /** The work is over, and the session closed. */
  readonly onEnd?: () => void;
  /** Whether the process stays alive until the work ends. */
  readonly keepAlive: boolean;
}

/** A worker thread that holds an inspector session of the main thread. */
export interface InspectorThread extends Disposable {
  /** Ends the work. Waits (at most 2 s) until the inspector session is closed. Twice is harmless. */
  stop(): void;
}

/**
 * Starts a worker thread that asks the main thread's inspector (17–30 ms until it runs on Node 20; this call does not
 * wait for it).
 *
 * @throws MemxError `ERR_MEMX_UNSUPPORTED` outside the main thread: an inspector reaches no other worker's heap.
 */
export function startInspectorThread<Message>(options: InspectorThreadOptions<Message>): InspectorThread {
  const { source, task, onMessage, onError, onEnd, keepAlive } = options;
  if (!isMainThread) {
    throw new MemxError('ERR_MEMX_UNSUPPORTED', {
      what: 'A watch thread was started outside the main thread',
      remedy: 'Start it in the main thread; it watches the main thread only.',
    });
  }
  const control = new Int32Array(new SharedArrayBuffer(8));
  const workerData: InspectorWorkerData = { task, control };
  const worker = startOwnWorker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
    workerData,
    // The user's preloads are for the user's threads.
    execArgv: [],
    env: {},
  });

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
  worker.on('message', (message: Message | typeof ENDED) => {
    if (message === ENDED) end();
    else onMessage?.(message);
  });
  worker.on('error', (error) => {
    onError?.(error);
    end();
  });
  // Last: a listener for messages holds the process again (Node 20).
  if (!keepAlive) worker.unref();
  return { stop, [Symbol.dispose]: stop };
}

function order(worker: Worker, what: InspectorOrder): void {
  worker.postMessage(what);
}

/**
 * The thread must outlive its closed session until the main thread's event loop has taken note: Node aborts the
 * process when that note finds no thread to answer to (Node 20.20, in 1 of 3 tries).
 */
function closeSoon(worker: Worker): void {
  setImmediate(() => setImmediate(() => order(worker, 'close')));
}
