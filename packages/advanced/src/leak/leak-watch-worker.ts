/** The worker thread of a watch: it asks the main thread's inspector, so that it goes on in synchronous code. */
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { MainThreadInspector } from '../inspector/main-thread-inspector.js';
import { runHeapWatch } from './heap-watch.js';
import { toWatchFailure, type WatchUpdate, type WatchWorkerData } from './watch-messages.js';

const { options, reportFd, released } = workerData as WatchWorkerData;
const stopping = new AbortController();
let inspector: MainThreadInspector | undefined;

parentPort?.once('message', () => {
  stopping.abort();
  release();
});

/** An open session would hold the process at its exit ("Waiting for the debugger to disconnect..."). */
function release(): void {
  inspector?.[Symbol.dispose]();
  inspector = undefined;
  Atomics.store(released, 0, 1);
  Atomics.notify(released, 0);
}

function publish(update: WatchUpdate): void {
  if (reportFd === null) parentPort?.postMessage(update);
  else writeSync(reportFd, `${JSON.stringify(update)}\n`);
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}

try {
  inspector = await MainThreadInspector.connect(stopping.signal);
  await runHeapWatch(options, { heap: inspector, signal: stopping.signal, publish, sleep });
} catch (error) {
  if (!stopping.signal.aborted) publish({ kind: 'failed', failure: toWatchFailure(error) });
} finally {
  release();
}
