import { MemxError } from '../errors.js';
import { checkFunction, checkOneOf, checkOptions } from '../model/option-checks.js';
import { startTracking, type TrackingOptions } from '../sampler/tracking.js';
import type { MemorySeries } from '../series/memory-series.js';
import { deliverProfile, type ProfileListeners } from './memory-profile.js';
import { watchProcessEnd } from './process-end.js';
import {
  exportOptionNames,
  planSeriesExports,
  type SeriesExportOptions,
  writeSeriesExports,
} from './series-exports.js';

/** How the whole process is sampled, and where the series is written. */
export interface GlobalTrackerOptions extends TrackingOptions, ProfileListeners, SeriesExportOptions {
  /**
   * Write the files on SIGINT and SIGTERM too, which else end the process without a word. Default true. The process
   * still ends by that signal, unless you listen for it yourself.
   */
  readonly handleSignals?: boolean | undefined;
}

/** @see {@link globalTracker} */
export interface GlobalTracker {
  /** Whether it has been started, and not yet stopped. */
  readonly running: boolean;
  /** The series up to now; after the end the whole of it; undefined before the first start. */
  readonly memoryUsage: MemorySeries | undefined;
  /**
   * Starts to track the process. Disposing of the result stops it.
   *
   * @throws MemxError `ERR_MEMX_ALREADY_STARTED`, `ERR_MEMX_INVALID_OPTION`, or `ERR_MEMX_IO` for a folder that is
   * not there
   */
  start(options?: GlobalTrackerOptions): Disposable;
  /**
   * Stops and writes the files; called again, gives the same series. A file that cannot be written goes to `onError`.
   *
   * @throws MemxError `ERR_MEMX_NOT_STARTED`
   */
  stop(): MemorySeries;
}

interface Run {
  peek(): MemorySeries;
  stop(): MemorySeries;
  readonly stopped: boolean;
}

const SHARED = Symbol.for('memx.globalTracker/1');

const registry: typeof globalThis & { [SHARED]?: Run } = globalThis;

/**
 * Tracks the whole process, from start to stop or to its end, and writes what it measured: also when the process ends
 * by an uncaught exception or a signal. Exit code and signal stay what they are.
 *
 * ```ts
 * globalTracker.start({ intervalMs: 500, exportHtml: 'memory.html', exportCsv: 'memory.csv' });
 * ```
 *
 * One for all copies of memx on this thread. Its series holds at most 20,500 samples, however long the run.
 */
export const globalTracker: GlobalTracker = {
  get running() {
    return registry[SHARED]?.stopped === false;
  },
  get memoryUsage() {
    return registry[SHARED]?.peek();
  },
  start(options = {}) {
    if (globalTracker.running) {
      throw new MemxError('ERR_MEMX_ALREADY_STARTED', {
        what: 'globalTracker is already running',
        remedy: 'Stop it first; for a part of the program use MemoryContext.',
      });
    }
    const run = startRun(options);
    registry[SHARED] = run;
    return {
      [Symbol.dispose]() {
        run.stop();
      },
    };
  },
  stop() {
    const run = registry[SHARED];
    if (run !== undefined) return run.stop();
    throw new MemxError('ERR_MEMX_NOT_STARTED', {
      what: 'globalTracker was stopped but never started',
      remedy: 'Call globalTracker.start() first.',
    });
  },
};

const OPTION_NAMES = [
  ...(['intervalMs', 'label', 'onProfile', 'onError', 'source', 'ticker', 'handleSignals'] as const),
  ...exportOptionNames,
];

function startRun(options: GlobalTrackerOptions): Run {
  checkOptions('globalTracker', options, OPTION_NAMES);
  checkFunction('onProfile', options.onProfile);
  checkFunction('onError', options.onError);
  const signals = checkOneOf('handleSignals', options.handleSignals ?? true, [true, false]);
  const exports = planSeriesExports(options);
  const tracking = startTracking(options);
  const save = (series: MemorySeries) => writeSeriesExports(exports, series, options.onError);
  let stopped = false;
  const stop = () => {
    const memoryUsage = tracking.stop();
    if (stopped) return memoryUsage;
    stopped = true;
    watching[Symbol.dispose]();
    save(memoryUsage);
    void deliverProfile({ outcome: 'stopped', label: memoryUsage.label, memoryUsage }, options);
    return memoryUsage;
  };
  const watching = watchProcessEnd({ onExit: stop, onSignal: () => save(tracking.peek()) }, { signals });
  return {
    peek: tracking.peek,
    stop,
    get stopped() {
      return stopped;
    },
  };
}
