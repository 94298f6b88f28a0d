import { parentPort, workerData } from 'node:worker_threads';
import {
  ENDED,
  type InspectorOrder,
  type InspectorWorkerData,
  RELEASED,
  STOP_ASKED,
} from './inspector-orders.js';
import { MainThreadInspector } from './main-thread-inspector.js';

export interface InspectorWork<Task> {
  readonly run: (task: Task, heap: MainThreadInspector, signal: AbortSignal) => Promise<void>;
  /** The work failed; not when it was stopped. */
  readonly onFailure: (error: unknown, task: Task) => void;
}

/** The inside of an inspector thread: connects to the main thread, works until it is done or stopped, disconnects. */
export async function runInspectorThread<Task>({ run, onFailure }: InspectorWork<Task>): Promise<void> {
  const { control, task: given } = workerData as InspectorWorkerData;
  const task = given as Task;
  const stopping = new AbortController();

  parentPort?.on('message', (order: InspectorOrder) => {
    if (order === 'stop') {
      stopping.abort();
      release(control);
    } else parentPort?.close();
  });
  if (Atomics.load(control, STOP_ASKED) === 1) stopping.abort();

  try {
    using heap = await MainThreadInspector.connect(stopping.signal);
    await run(task, heap, stopping.signal);
  } catch (error) {
    if (!stopping.signal.aborted) onFailure(error, task);
  } finally {
    release(control);
    parentPort?.postMessage(ENDED);
  }
}

/** An open session would hold the process at its exit ("Waiting for the debugger to disconnect..."). */
function release(control: Int32Array): void {
  Atomics.store(control, RELEASED, 1);
  Atomics.notify(control, RELEASED);
}
