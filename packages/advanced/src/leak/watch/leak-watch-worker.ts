/** The worker thread of a watch: it asks the main thread's inspector, so that it goes on in synchronous code. */
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { writeLine } from '../../allocation/write-line.js';
import { runInspectorThread } from '../../inspector/run-inspector-thread.js';
import { runHeapWatch } from './heap-watch.js';
import { toWatchFailure, type WatchTask, type WatchUpdate } from './watch-messages.js';
import { workerIsolates } from './worker-isolates.js';

function publish(update: WatchUpdate, { lines }: WatchTask): void {
  if (lines === null) parentPort?.postMessage(update);
  else writeLine(lines, update);
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}

await runInspectorThread<WatchTask>({
  run: (task, heap, signal) =>
    runHeapWatch(task.options, {
      heap,
      workers: task.options.workers ? workerIsolates(heap) : null,
      signal,
      publish: (update) => publish(update, task),
      sleep,
    }),
  onFailure: (error, task) => publish({ kind: 'failed', failure: toWatchFailure(error) }, task),
});
