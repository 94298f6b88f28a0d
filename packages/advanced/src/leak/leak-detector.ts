import { checkNumber, checkOneOf, MemxError } from '@memx/core';
import { refinerOfThread } from '../allocation/line-precision.js';
import type { LeakEvidence } from './evidence.js';
import { explainLeaks } from './explain/explain-leaks.js';
import { checkLeakDetectorOptions, type LeakDetectorOptions, watchOptions } from './leak-detector-options.js';
import type { LeakReport } from './leak-report.js';
import { refineEvidence } from './refine-evidence.js';
import { recordOutside } from './watch/record-outside.js';
import { SnapshotFolder } from './watch/snapshot-folder.js';
import { VerdictKeeper } from './watch/verdict-keeper.js';
import { fromWatchFailure, type WatchOptions, type WatchUpdate } from './watch/watch-messages.js';
import { startWatchThread } from './watch/watch-thread.js';

export interface MonitoringOptions {
  readonly durationMs: number;
  /**
   * End before that as soon as the leak is beyond doubt (see `LeakReport.sureAtMs`). Default false: a cache that goes on
   * filling looks like a leak, and only more time tells them apart.
   */
  readonly untilSure?: boolean;
  /** Ends the monitoring early; what was seen until then can still be analysed, without paths. */
  readonly signal?: AbortSignal;
  /** Called after every round, with what is known without paths. */
  readonly onRound?: (report: LeakReport) => void;
}

/**
 * Watches this process for leaks: which functions' objects stay, which types grow, and what holds them. It hears what
 * `memx check` hears, and says the same.
 *
 * What V8 has inlined is told as its caller; `--import @memx/advanced/lines` prevents that, and names the lines.
 *
 * The watch runs in a worker thread through V8's inspector, so it goes on while the main thread is in synchronous code,
 * and what memx itself allocates is not in the watched heap. Only what is recorded of memory outside of V8's heap is.
 *
 * Cost: 20 full collections or more (4–6 ms on a small heap, 200–400 ms at 150 MB, Node 20), three counts of all objects
 * by type (30–60 ms for each MiB of heap), all within a budget: 10 % and 40 % of a watch of less than two minutes, 1 % in
 * all of a longer one. See {@link LeakDetectorOptions} for what can be left out. Nothing is left behind.
 *
 * @example
 * const detector = new LeakDetector({ intervalMs: 500 });
 * await detector.startMonitoring({ durationMs: 30_000 });
 * const { outcome, suspects } = detector.analyzeLeaks();
 */
export class LeakDetector implements Disposable {
  readonly #options: LeakDetectorOptions;
  /** Aborts when the monitoring that goes on is to end. */
  #monitoring: AbortController | null = null;
  #report: LeakReport | null = null;

  /** @throws MemxError `ERR_MEMX_INVALID_OPTION` */
  constructor(options: LeakDetectorOptions = {}) {
    this.#options = checkLeakDetectorOptions(options);
  }

  /**
   * Watches for `durationMs` and resolves with the report of the last round. It keeps the process alive. After a verdict it
   * takes the time to find the paths.
   *
   * @throws MemxError `ERR_MEMX_INVALID_OPTION`; `ERR_MEMX_SESSION_BUSY` when another profiler samples this thread;
   *   `ERR_MEMX_ALREADY_STARTED`; `ERR_MEMX_UNSUPPORTED` in a worker thread; `ERR_MEMX_NOT_STARTED` when it was ended before
   *   the first round.
   */
  async startMonitoring(options: MonitoringOptions): Promise<LeakReport> {
    const { durationMs, untilSure = false, signal } = options;
    checkNumber('durationMs', durationMs, { min: 500 });
    checkOneOf('untilSure', untilSure, [true, false]);
    if (this.#monitoring) {
      throw new MemxError('ERR_MEMX_ALREADY_STARTED', {
        what: 'This detector is monitoring already',
        remedy: 'Await the first startMonitoring, or call stop().',
      });
    }
    this.#report = null;
    const monitoring = new AbortController();
    this.#monitoring = monitoring;
    const stop = () => monitoring.abort();
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    try {
      await this.#monitor(options, monitoring.signal);
    } finally {
      signal?.removeEventListener('abort', stop);
      if (this.#monitoring === monitoring) this.#monitoring = null;
    }
    return this.analyzeLeaks();
  }

  /**
   * The verdict after the latest round; also while monitoring goes on.
   *
   * @throws MemxError `ERR_MEMX_NOT_STARTED` before the first round.
   */
  analyzeLeaks(): LeakReport {
    if (this.#report) return this.#report;
    throw new MemxError('ERR_MEMX_NOT_STARTED', {
      what: 'There is nothing to analyse, because no round has ended yet',
      remedy: 'Await startMonitoring({ durationMs }), or give it more time.',
    });
  }

  /** Ends the monitoring; harmless when there is none. */
  stop(): void {
    this.#monitoring?.abort();
    this.#monitoring = null;
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  async #monitor(
    { durationMs, untilSure = false, onRound }: MonitoringOptions,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) return;
    const { explain = true, external = true, typeReadings } = this.#options;
    const options = watchOptions(durationMs, { ...this.#options, untilSure });
    using folder = explain && typeReadings !== 0 ? new SnapshotFolder() : null;
    const evidence = await this.#watch({
      watch: { ...options, snapshotFolder: folder?.path ?? null },
      external,
      signal,
      onRound,
    });
    if (evidence && this.#report && !signal.aborted) {
      this.#report = await explainUntil(signal, this.#report, evidence);
    }
  }

  /** @returns what the last round's report was made of, where paths can be found with it */
  #watch({ watch, external, signal, onRound }: Monitoring): Promise<LeakEvidence | null> {
    const verdicts = new VerdictKeeper();
    const recording = external ? recordOutside(watch) : null;
    let evidence: LeakEvidence | null = null;
    return new Promise<LeakEvidence | null>((resolve, reject) => {
      const onUpdate = (update: WatchUpdate) => {
        if (update.kind === 'failed') return reject(fromWatchFailure(update.failure));
        const { content } = update;
        evidence = content.kind === 'evidence' ? refineOfThread(content.evidence) : content.evidence;
        this.#report =
          content.kind === 'report' ? content.report : verdicts.update(refineOfThread(content.evidence));
        onRound?.(this.#report);
        if (watch.untilSure && this.#report.sureAtMs !== null) thread.stop();
      };
      const thread = startWatchThread({
        watch,
        lines: null,
        onUpdate,
        onEnd: () => resolve(evidence),
        keepAlive: true,
      });
      signal.addEventListener('abort', () => thread.stop(), { once: true });
    }).finally(() => recording?.[Symbol.dispose]());
  }
}

interface Monitoring {
  readonly watch: WatchOptions;
  readonly external: boolean;
  readonly signal: AbortSignal;
  readonly onRound: MonitoringOptions['onRound'];
}

/** Only this thread can put lines into what the watch saw. */
function refineOfThread(evidence: LeakEvidence): LeakEvidence {
  const refine = refinerOfThread()?.('line');
  return refine ? refineEvidence(evidence, refine) : evidence;
}

/** The report as it is, where that is to end before the paths are found. */
async function explainUntil(
  signal: AbortSignal,
  report: LeakReport,
  evidence: LeakEvidence,
): Promise<LeakReport> {
  try {
    return await explainLeaks(report, evidence, { signal });
  } catch (error) {
    if (signal.aborted) return report;
    throw error;
  }
}
