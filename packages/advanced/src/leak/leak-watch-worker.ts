/** The worker thread of a watch: it asks the main thread's inspector, so that it goes on in synchronous code. */
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { MainThreadInspector } from '../inspector/main-thread-inspector.js';
import { runHeapWatch } from './heap-watch.js';
import {
  ENDED,
  RELEASED,
  STOP_ASKED,
  toWatchFailure,
  type WatchOrder,
  type WatchUpdate,
  type WatchWorkerData,
} from './watch-messages.js';

const { options, reportFd, control } = workerData as WatchWorkerData;
const stopping = new AbortController();

parentPort?.on('message', (order: WatchOrder) => {
  if (order === 'stop') {
    stopping.abort();
    release();
  } else parentPort?.close();
});
if (Atomics.load(control, STOP_ASKED) === 1) stopping.abort();

/** An open session would hold the process at its exit ("Waiting for the debugger to disconnect..."). */
function release(): void {
  Atomics.store(control, RELEASED, 1);
  Atomics.notify(control, RELEASED);
}

function publish(update: WatchUpdate): void {
  if (reportFd === null) parentPort?.postMessage(update);
  else writeSync(reportFd, `${JSON.stringify(update)}\n`);
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}

try {
  using heap = await MainThreadInspector.connect(stopping.signal);
  await runHeapWatch(options, { heap, signal: stopping.signal, publish, sleep });
} catch (error) {
  if (!stopping.signal.aborted) publish({ kind: 'failed', failure: toWatchFailure(error) });
} finally {
  release();
  parentPort?.postMessage(ENDED);
}
