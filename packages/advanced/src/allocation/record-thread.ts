import { performance } from 'node:perf_hooks';
import { isMainThread, threadId } from 'node:worker_threads';
import { beforeProcessEnd } from '../inspector/before-process-end.js';
import type { RawSamplingProfile } from '../inspector/heap-protocol.js';
import { startInspectorThread } from '../inspector/inspector-thread.js';
import { ThreadInspector } from '../inspector/thread-inspector.js';
import { turnInliningOff } from './inlining.js';
import {
  nextReadingIn,
  type RecordingOptions,
  type RecordingPlan,
  RecordingWriter,
} from './recording-plan.js';
import workerSource from './recording-worker.js?worker-source';

/** The plan of a recording, to be given to {@link recordThread} in the main thread and in every worker. */
export function planRecording(options: RecordingOptions): RecordingPlan {
  return { ...options, lock: new Int32Array(new SharedArrayBuffer(4)) };
}

/**
 * Records what the calling thread allocates until it ends, and reports to `reportFd`: from time to time (at most 1 % of
 * the time goes into it), so that a process that is killed leaves a profile, and at the end (return, `process.exit`,
 * uncaught error, a signal that the process sends itself). The main thread is read while it is in synchronous code, too.
 * A worker is read between its tasks, and at its end unless it is terminated. Never throws: it reports what goes wrong.
 */
export function recordThread(plan: RecordingPlan): void {
  const writer = new RecordingWriter(plan, threadId);
  try {
    if (plan.exact) turnInliningOff();
    const inspector = new ThreadInspector();
    inspector.startSampling({
      intervalBytes: plan.samplingIntervalBytes,
      includeCollected: plan.measure === 'total',
    });
    // What is held would be alive in a live profile: there, functions are held for the last reading only.
    if (plan.measure === 'total') inspector.holdFunctions();
    if (isMainThread) recordMainThread(plan, inspector, writer);
    else recordWorker(inspector, writer);
  } catch (error) {
    ignoringErrors(() => writer.writeFailure(error));
  }
}

function recordMainThread(plan: RecordingPlan, inspector: ThreadInspector, writer: RecordingWriter): void {
  const thread = startInspectorThread({ source: workerSource, task: plan, keepAlive: false });
  beforeProcessEnd(() => {
    thread.stop(); // it may be writing
    ignoringErrors(() => writer.write(readAtEnd(inspector)));
  });
}

function recordWorker(inspector: ThreadInspector, writer: RecordingWriter): void {
  const read = () => ignoringErrors(() => writer.write(inspector.readSamplingProfile()));
  const readLater = (pauseMs: number | null) => {
    setTimeout(() => {
      const startedAt = performance.now();
      read();
      readLater(performance.now() - startedAt);
    }, nextReadingIn(pauseMs)).unref();
  };
  readLater(null);
  process.on('exit', () => ignoringErrors(() => writer.write(readAtEnd(inspector))));
}

function readAtEnd(inspector: ThreadInspector): RawSamplingProfile {
  inspector.holdFunctions();
  return inspector.readSamplingProfile();
}

/** When nobody listens any more, the program goes on. */
function ignoringErrors(action: () => void): void {
  try {
    action();
  } catch {}
}
