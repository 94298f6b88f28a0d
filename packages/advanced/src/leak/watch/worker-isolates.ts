import { setTimeout as delay } from 'node:timers/promises';
import type { IsolateInspector } from '../../inspector/isolate-inspector.js';
import type { MainThreadInspector } from '../../inspector/main-thread-inspector.js';
import { SERVED_THREAD } from '../../inspector/serve-isolate.js';
import type { WorkerIsolates } from './heap-watch.js';

/** A worker says that it may be watched before its program begins: it is asked so often, at longer and longer intervals. */
const FIRST_ASKED_MS = 100;
const LAST_ASKED_MS = 3_000;
const TIMES_LATER = 1.3;

/** The workers of this process that have called `serveIsolate`. */
export function workerIsolates(main: MainThreadInspector): WorkerIsolates {
  return {
    watchEach(watch, signal) {
      main.attachToWorkers((isolate, ended) => {
        // One that cannot be watched (it has a profiler of its own, it is gone) is like one that does not answer.
        watchServed(isolate, ended).catch(() => {});
      }, signal);

      async function watchServed(isolate: IsolateInspector, ended: AbortSignal): Promise<void> {
        const thread = await servedThread(isolate, ended);
        if (thread !== null) await watch(thread, isolate, ended);
      }
    },
  };
}

async function servedThread(isolate: IsolateInspector, ended: AbortSignal): Promise<number | null> {
  for (let waitMs = FIRST_ASKED_MS; waitMs < LAST_ASKED_MS; waitMs *= TIMES_LATER) {
    await delay(waitMs, undefined, { signal: ended, ref: false });
    const thread = await isolate.evaluate(SERVED_THREAD).catch(() => null);
    if (typeof thread === 'number') return thread;
  }
  return null;
}
