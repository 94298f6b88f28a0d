import { checkMethod, checkNumber, checkString } from '../model/option-checks.js';
import { MemorySeries } from '../series/memory-series.js';
import { type MemorySource, processSource } from '../source/process-source.js';
import { createRecorder, type Recorded, type Recorder, type Recording } from './recorder.js';
import { getThreadRecorder } from './thread-recorder.js';
import { type Ticker, timerTicker } from './ticker.js';

/** How and what to sample. */
export interface SamplingOptions {
  /** Milliseconds between two samples, 1 to 86,400,000. Default 100. */
  readonly intervalMs?: number | undefined;
  /** Where readings come from. Default: this process, its resident set read on the sampling thread. */
  readonly source?: MemorySource | undefined;
  /** What says when to read a `source` of yours. Default: a timer. */
  readonly ticker?: Ticker | undefined;
}

/** @see {@link startTracking} */
export interface TrackingOptions extends SamplingOptions {
  readonly label?: string | null | undefined;
  /** Told of a reading that failed; the tracking goes on. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Memory being tracked from now on. */
export interface Tracking extends Disposable {
  /** The series up to now. */
  peek(): MemorySeries;
  /** Ends the tracking; called again, gives the same series. */
  stop(): MemorySeries;
}

const DEFAULT_INTERVAL_MS = 100;

/** A timer cannot be set for longer than 25 days; a day is enough. */
const LONGEST_INTERVAL_MS = 86_400_000;

/** Throws for options that {@link startTracking} would not take, before anything is started. */
export function checkSamplingOptions({ intervalMs, source, ticker }: SamplingOptions): void {
  if (intervalMs !== undefined) checkNumber('intervalMs', intervalMs, { min: 1, max: LONGEST_INTERVAL_MS });
  if (source !== undefined) checkMethod('source', source, 'read');
  if (ticker !== undefined) checkMethod('ticker', ticker, 'every');
}

/**
 * Tracks the memory of this process from now on; what {@link trackMemory} and the contexts are made of.
 *
 * The resident set is read on the sampling thread, also while this thread is busy; the heap by a timer of this
 * thread. Beginning and ending take 20 to 30 µs together; neither waits. At 10 ms, sampling takes about 1 % of one core,
 * nearly all of it for waking up the sampling thread; at 100 ms a tenth of that (Node 20 and 24).
 * With a `source` or a `ticker` of yours, all is read on this thread and when the ticker says so.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export function startTracking(options: TrackingOptions = {}): Tracking {
  checkSamplingOptions(options);
  const { intervalMs = DEFAULT_INTERVAL_MS, source, ticker, onError } = options;
  const label = checkString('label', options.label ?? undefined) || null;
  const recorder =
    source === undefined && ticker === undefined
      ? getThreadRecorder().recorder
      : createRecorder({ source: source ?? processSource, ticker: ticker ?? timerTicker });
  const recording = recorder.begin({ intervalMs, onError });
  const toSeries = (recorded: Recorded) => MemorySeries.fromData({ ...recorded, label });
  let series: MemorySeries | undefined;
  const tracking: Tracking = {
    peek: () => series ?? toSeries(recorder.peek(recording)),
    stop() {
      if (series !== undefined) return series;
      abandoned.unregister(recording);
      series = toSeries(recorder.end(recording));
      return series;
    },
    [Symbol.dispose]() {
      tracking.stop();
    },
  };
  abandoned.register(tracking, { recorder, recording }, recording);
  return tracking;
}

/** Starts the sampling thread ahead of the first tracking, so that its boot and its memory are not part of that. */
export async function startSampler(): Promise<void> {
  await getThreadRecorder().link.joined();
}

/** Trackings that nobody can stop any more: a promise never settled, a generator left half way, a context forgotten. */
const abandoned = new FinalizationRegistry<{ recorder: Recorder; recording: Recording }>(
  ({ recorder, recording }) => {
    recorder.end(recording);
  },
);
