import { performance } from 'node:perf_hooks';
import type { LeakEvidence, ThreadEvidence } from '../evidence.js';
import { type ThreadWatchContext, type WatchedHeap, watchThread } from './thread-watch.js';
import { VerdictKeeper } from './verdict-keeper.js';
import type { WatchOptions, WatchUpdate } from './watch-messages.js';

/** The isolates of worker threads, as they come and go. */
export interface WorkerIsolates {
  /** `signal` aborts when the worker has ended. Resolves when the watch is over. */
  watchEach(
    watch: (thread: number, heap: WatchedHeap, signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): void;
}

export interface WatchContext extends Pick<ThreadWatchContext, 'heap' | 'signal' | 'sleep'> {
  /** Null where workers are not watched. */
  readonly workers: WorkerIsolates | null;
  readonly publish: (update: WatchUpdate) => void;
}

/** A verdict on less than this is none, so a worker that starts later is not watched. */
const LEAST_WORKER_WATCH_MS = 2_000;
const MAX_WORKERS = 8;
/** A worker that ended so long ago took its heap with it; one that ended later may have ended with the program. */
const ENDED_WITH_PROGRAM = 0.15;

/**
 * One watch of a process: of its main thread, and of the workers that let it. Published after every round, so that a
 * program that ends (or is killed) at any time leaves a verdict from while it ran. Never judged at exit: when the last
 * work is done, the module state is garbage, and so is the leak.
 */
export async function runHeapWatch(options: WatchOptions, context: WatchContext): Promise<void> {
  const { heap, workers, signal, publish, sleep } = context;
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const book = new EvidenceBook();
  const verdicts = new VerdictKeeper();

  const over = new AbortController();
  signal.addEventListener('abort', () => over.abort(), { once: true });
  workers?.watchEach(async (thread, workerHeap, ended) => {
    const durationMs = options.durationMs - elapsed();
    if (durationMs < LEAST_WORKER_WATCH_MS || !book.admit(thread)) return;
    const onRound = (evidence: ThreadEvidence) => book.add(evidence);
    await watchThread(
      { ...options, durationMs },
      { thread, heap: workerHeap, signal: ended, sleep, onRound },
    );
    if (ended.aborted) book.end(thread, elapsed());
  }, over.signal);

  await watchThread(options, {
    thread: 0,
    heap,
    signal: over.signal,
    sleep,
    onRound: (main, timeIsUp) => {
      book.forgetEndedBefore(elapsed() - options.durationMs * ENDED_WITH_PROGRAM);
      const evidence = book.withMain(main);
      const report = options.publish === 'report' ? verdicts.update(evidence) : null;
      const isLast = timeIsUp || (options.untilSure && report?.sureAtMs != null);
      const isExplainable = isLast && options.snapshotFolder !== null;
      publish({
        kind: isLast ? 'final' : 'round',
        elapsedMs: elapsed(),
        heapUsedBytes: main.rounds.at(-1)?.heapUsedBytes ?? 0,
        content: report
          ? { kind: 'report', report, evidence: isExplainable ? evidence : null }
          : { kind: 'evidence', evidence },
      });
      if (isLast) over.abort();
    },
  }).finally(() => over.abort());
}

/** The latest of each worker. */
class EvidenceBook {
  readonly #admitted = new Set<number>();
  readonly #workers = new Map<number, ThreadEvidence>();
  readonly #endedAtMs = new Map<number, number>();
  #refused = 0;

  admit(thread: number): boolean {
    const isAdmitted = this.#admitted.size - this.#endedAtMs.size < MAX_WORKERS;
    if (isAdmitted) this.#admitted.add(thread);
    else this.#refused += 1;
    return isAdmitted;
  }

  add(evidence: ThreadEvidence): void {
    this.#workers.set(evidence.thread, evidence);
  }

  end(thread: number, atMs: number): void {
    this.#endedAtMs.set(thread, atMs);
  }

  forgetEndedBefore(timeMs: number): void {
    for (const [thread, atMs] of this.#endedAtMs) if (atMs < timeMs) this.#workers.delete(thread);
  }

  withMain(main: ThreadEvidence): LeakEvidence {
    const { Worker: running = 0 } = main.rounds.at(-1)?.resources ?? {};
    const watched = [...this.#workers.keys()].filter((thread) => !this.#endedAtMs.has(thread)).length;
    const unreached = running - watched - this.#refused;
    const notes = [...main.notes];
    if (this.#refused > 0)
      notes.push(`${this.#refused} worker threads were not watched: ${MAX_WORKERS} are at a time.`);
    if (unreached > 0) notes.push(unreachedNote(unreached));
    return {
      schema: 'memx.evidence/1',
      node: process.version,
      threads: [{ ...main, notes }, ...this.#workers.values()],
    };
  }
}

function unreachedNote(count: number): string {
  const which = count === 1 ? 'A worker thread was' : `${count} worker threads were`;
  return `${which} not watched: too young at the end, or without an answer (in native code, or stopped).`;
}
