import { checkNumber, checkOneOf, checkOptions, MemxError } from '@memx/core';
import { refinerOfThread } from '../allocation/line-precision.js';
import type { LeakReport } from './leak-report.js';
import { refineEvidence } from './refine-evidence.js';
import { VerdictKeeper } from './watch/verdict-keeper.js';
import type { WatchContent } from './watch/watch-messages.js';
import { fromWatchFailure, type WatchOptions, type WatchUpdate } from './watch/watch-messages.js';
import { startWatchThread, type WatchThread } from './watch/watch-thread.js';

export interface LeakDetectorOptions {
  /** Time between two rounds, each of which costs a full collection. Default: a twentieth of the duration. */
  readonly intervalMs?: number;
  /**
   * Mean bytes between two samples. Default 16 KiB: about 12 % slower allocation; 64 KiB is not measurable. By default a watch of
   * two minutes or more widens it early on where the program allocates so much that samples take 1 % of its time.
   */
  readonly samplingIntervalBytes?: number;
  /** How often live objects are counted by type. Default 3; each costs 30–60 ms of pause per MiB of heap. 0 for never. */
  readonly typeReadings?: number;
  /** Watch the workers, too, that have called `serveIsolate()`. Default false. */
  readonly workers?: boolean;
}

export interface MonitoringOptions {
  readonly durationMs: number;
  /** Ends the monitoring early; what was seen until then can still be analysed. */
  readonly signal?: AbortSignal;
  /** Called after every round. */
  readonly onRound?: (report: LeakReport) => void;
}

/**
 * Watches this process' main thread for leaks: which functions' objects stay, and which types grow.
 *
 * The watch runs in a worker thread through V8's inspector, so it goes on while the main thread is in
 * synchronous code, and what memx itself allocates is not in the watched heap.
 *
 * @example
 * const detector = new LeakDetector({ intervalMs: 500 });
 * await detector.startMonitoring({ durationMs: 30_000 });
 * const { outcome, suspects } = detector.analyzeLeaks();
 */
export class LeakDetector implements Disposable {
  readonly #options: LeakDetectorOptions;
  #thread: WatchThread | null = null;
  #report: LeakReport | null = null;

  /** @throws MemxError `ERR_MEMX_INVALID_OPTION` */
  constructor(options: LeakDetectorOptions = {}) {
    checkOptions('LeakDetector', options, ['intervalMs', 'samplingIntervalBytes', 'typeReadings', 'workers']);
    const { intervalMs, samplingIntervalBytes, typeReadings, workers } = options;
    if (intervalMs !== undefined) checkNumber('intervalMs', intervalMs, { min: 50 });
    if (samplingIntervalBytes !== undefined)
      checkNumber('samplingIntervalBytes', samplingIntervalBytes, { min: 1024, integer: true });
    if (typeReadings !== undefined)
      checkNumber('typeReadings', typeReadings, { min: 0, max: 100, integer: true });
    if (workers !== undefined) checkOneOf('workers', workers, [true, false]);
    this.#options = options;
  }

  /**
   * Watches for `durationMs` and resolves with the report of the last round. It keeps the process alive.
   *
   * @throws MemxError `ERR_MEMX_SESSION_BUSY` when another profiler samples this thread; `ERR_MEMX_ALREADY_STARTED`;
   *   `ERR_MEMX_UNSUPPORTED` in a worker thread.
   */
  async startMonitoring({ durationMs, signal, onRound }: MonitoringOptions): Promise<LeakReport> {
    checkNumber('durationMs', durationMs, { min: 500 });
    if (this.#thread) {
      throw new MemxError('ERR_MEMX_ALREADY_STARTED', {
        what: 'This detector is monitoring already',
        remedy: 'Await the first startMonitoring, or call stop().',
      });
    }
    this.#report = null;
    const stop = () => this.stop();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      if (!signal?.aborted) await this.#watch(watchOptions(durationMs, this.#options), onRound);
    } finally {
      signal?.removeEventListener('abort', stop);
      this.stop();
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
    this.#thread?.stop();
    this.#thread = null;
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  #watch(watch: WatchOptions, onRound: MonitoringOptions['onRound']): Promise<void> {
    const verdicts = new VerdictKeeper();
    return new Promise((resolve, reject) => {
      const onUpdate = (update: WatchUpdate) => {
        if (update.kind === 'failed') return reject(fromWatchFailure(update.failure));
        this.#report = toReport(update.content, verdicts);
        onRound?.(this.#report);
      };
      this.#thread = startWatchThread({ watch, lines: null, onUpdate, onEnd: resolve, keepAlive: true });
    });
  }
}

/** Evidence comes where this thread alone can put lines into it. */
function toReport(content: WatchContent, verdicts: VerdictKeeper): LeakReport {
  if (content.kind === 'report') return content.report;
  const refine = refinerOfThread()?.('line');
  return verdicts.update(refine ? refineEvidence(content.evidence, refine) : content.evidence);
}

const DEFAULT_ROUNDS = 20;
/**
 * A watch of so long may stop the program for 1 % of the time, but for at least 16 rounds and 3 s of type readings, and take
 * another 1 % for its samples. A
 * shorter one is a test, and its program's pace no matter: it may for half of the time, of which it takes a tenth as a rule.
 */
const LONG_WATCH_MS = 120_000;
const LONG_SAMPLING_BUDGET = 0.01;

/** What a watch of this length does unless told otherwise: `memx check` and the API are one engine. */
export function watchOptions(durationMs: number, options: LeakDetectorOptions = {}): WatchOptions {
  return {
    durationMs,
    roundMs: options.intervalMs ?? Math.min(5_000, Math.max(250, durationMs / DEFAULT_ROUNDS)),
    samplingIntervalBytes: options.samplingIntervalBytes ?? 16 * 1024,
    samplingBudget:
      durationMs < LONG_WATCH_MS || options.samplingIntervalBytes !== undefined ? null : LONG_SAMPLING_BUDGET,
    typeReadings: options.typeReadings ?? 3,
    ...(durationMs < LONG_WATCH_MS
      ? { pauseBudget: 0.1, typePauseBudget: 0.4 }
      : { pauseBudget: 0.003, typePauseBudget: 0.007 }),
    ignoredFiles: [],
    publish: refinerOfThread() ? 'evidence' : 'report',
    workers: options.workers ?? false,
    snapshotFolder: null,
  };
}
