/** The worker thread of a watch: it asks the main thread's inspector, so that it goes on in synchronous code. */
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { runInspectorThread } from '../../inspector/run-inspector-thread.js';
import { runHeapWatch } from './heap-watch.js';
import { toWatchFailure, type WatchTask, type WatchUpdate } from './watch-messages.js';

function publish(update: WatchUpdate, { reportFd }: WatchTask): void {
  if (reportFd === null) parentPort?.postMessage(update);
  else writeSync(reportFd, `${JSON.stringify(update)}\n`);
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}

await runInspectorThread<WatchTask>({
  run: (task, heap, signal) =>
    runHeapWatch(task.options, { heap, signal, publish: (update) => publish(update, task), sleep }),
  onFailure: (error, task) => publish({ kind: 'failed', failure: toWatchFailure(error) }, task),
});
