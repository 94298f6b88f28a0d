import { performance } from 'node:perf_hooks';
import { isMainThread, threadId } from 'node:worker_threads';
import { recordExternalMemory } from '../external/external-recording.js';
import type { ExternalSampling } from '../external/external-sampling.js';
import { beforeProcessEnd } from '../inspector/before-process-end.js';
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
 * Records what the calling thread allocates until it ends, and reports to `reportFd`: from time to time (at most 0.5 % of
 * the time goes into it), so that a process that is killed leaves a profile, and at the end (return, `process.exit`,
 * uncaught error, a signal that the process sends itself). The main thread is read while it is in synchronous code, too.
 * A worker is read between its tasks, and at its end unless it is terminated. Never throws: it reports what goes wrong.
 */
export function recordThread(plan: RecordingPlan): void {
  const writer = new RecordingWriter(plan, threadId);
  try {
    if (plan.exact) turnInliningOff();
    // Before the heap is sampled, so that what it takes to sample is not in it.
    const external = plan.externalMemory ? recordExternalMemory(plan) : null;
    const inspector = new ThreadInspector();
    inspector.startSampling({
      intervalBytes: plan.samplingIntervalBytes,
      includeCollected: plan.measure === 'total',
    });
    // What is held would be alive in a live profile: there, functions are held for the last reading only.
    if (plan.measure === 'total') inspector.holdFunctions();
    const reader = new ThreadReader({ writer, inspector, external });
    if (isMainThread) recordMainThread(plan, reader);
    else recordWorker(reader);
  } catch (error) {
    ignoringErrors(() => writer.writeFailure(error));
  }
}

function recordMainThread(plan: RecordingPlan, reader: ThreadReader): void {
  const thread = startInspectorThread({ source: workerSource, task: plan, keepAlive: false });
  beforeProcessEnd(() => {
    thread.stop(); // it may be writing
    reader.readAtEnd();
  });
}

function recordWorker(reader: ThreadReader): void {
  const readLater = (costMs: number | null) => {
    setTimeout(() => {
      const startedAt = performance.now();
      reader.read();
      readLater(performance.now() - startedAt);
    }, nextReadingIn(costMs)).unref();
  };
  readLater(null);
  process.on('exit', () => reader.readAtEnd());
}

/** Reads its own thread. */
class ThreadReader {
  readonly #writer: RecordingWriter;
  readonly #inspector: ThreadInspector;
  readonly #external: ExternalSampling | null;

  constructor(of: {
    readonly writer: RecordingWriter;
    readonly inspector: ThreadInspector;
    readonly external: ExternalSampling | null;
  }) {
    this.#writer = of.writer;
    this.#inspector = of.inspector;
    this.#external = of.external;
  }

  read(): void {
    ignoringErrors(() => {
      if (this.#external) this.#external.pausedWhile(() => this.#write());
      else this.#write();
    });
  }

  readAtEnd(): void {
    ignoringErrors(() => this.#inspector.holdFunctions());
    this.read();
  }

  #write(): void {
    this.#external?.letGo();
    const raw = this.#inspector.readSamplingProfile();
    this.#writer.write(raw, this.#external?.read() ?? null);
  }
}

/** When nobody listens any more, the program goes on. */
function ignoringErrors(action: () => void): void {
  try {
    action();
  } catch {}
}
