import { checkNumber, checkOneOf, checkOptions } from '@memx/core';
import { refinerOfThread } from '../allocation/line-precision.js';
import type { WatchOptions } from './watch/watch-messages.js';

export interface LeakDetectorOptions {
  /**
   * Time between two rounds, each of which costs a full collection. Default: a twentieth of the duration, at most 5 s; from ten
   * minutes on a 120th of it.
   */
  readonly intervalMs?: number;
  /**
   * Mean bytes between two samples. Default 16 KiB: about 12 % slower allocation; 64 KiB is not measurable. By default a watch of
   * two minutes or more widens it early on where the program allocates so much that samples take 1 % of its time.
   */
  readonly samplingIntervalBytes?: number;
  /**
   * How often live objects are counted by type. Default 3; each costs 30–60 ms of pause per MiB of heap, and is left out
   * where that does not fit in the watch's budget of pauses. 0 for never: then there are no paths, and no suspect is `high`.
   */
  readonly typeReadings?: number;
  /**
   * Find the path to what leaks, in the snapshot of the last count by type. Default true. Costs a file of 1.1–1.6 times the
   * heap's size while it is watched (Node 20; in a folder of its own that nobody else can read), and, after a verdict only,
   * the graph of it in the calling thread: some 5 ms and 1.2 MiB of memory for each MiB of that file.
   */
  readonly explain?: boolean;
  /**
   * Note who makes memory outside of V8's heap and who opens files, sockets, workers and child processes, while it is
   * watched. Default true. Costs 30 ns a Buffer or typed array, and 10–100 µs for each sample of them and each opening.
   */
  readonly external?: boolean;
  /** Watch the workers, too, that have called `serveIsolate()`. Default true; each has the pauses of a watch of its own. */
  readonly workers?: boolean;
}

const NAMES = [
  'intervalMs',
  'samplingIntervalBytes',
  'typeReadings',
  'explain',
  'external',
  'workers',
] as const;

/** @throws MemxError `ERR_MEMX_INVALID_OPTION` */
export function checkLeakDetectorOptions(options: LeakDetectorOptions): LeakDetectorOptions {
  checkOptions('LeakDetector', options, NAMES);
  const { intervalMs, samplingIntervalBytes, typeReadings, explain, external, workers } = options;
  if (intervalMs !== undefined) checkNumber('intervalMs', intervalMs, { min: 50 });
  if (samplingIntervalBytes !== undefined)
    checkNumber('samplingIntervalBytes', samplingIntervalBytes, { min: 1024, integer: true });
  if (typeReadings !== undefined)
    checkNumber('typeReadings', typeReadings, { min: 0, max: 100, integer: true });
  for (const [name, flag] of Object.entries({ explain, external, workers }))
    if (flag !== undefined) checkOneOf(name, flag, [true, false]);
  return options;
}

const DEFAULT_ROUNDS = 20;
/**
 * A long watch has more, but no more than are kept. A round costs more than its pause, because V8's forced collection drops
 * caches and shapes that nobody uses at that moment, and the program runs slower until it has them again. With half as many, those
 * of the warm-up would weigh too much in the floor.
 */
const MOST_ROUNDS = 116;
/**
 * A watch of so long may stop the program for 1 % of the time, but for at least 16 rounds and 3 s of type readings, and take
 * another 1 % for its samples. A shorter one is a test, and its program's pace no matter: it may for six tenths of the time, of which it takes one as a rule.
 */
const LONG_WATCH_MS = 120_000;
const LONG_SAMPLING_BUDGET = 0.01;

export interface WatchPlan extends LeakDetectorOptions {
  /** End as soon as the leak is beyond doubt. To be sure soon, a long watch may then stop the program for 12 % of the time. */
  readonly untilSure?: boolean;
}

/** What a watch of this length does unless told otherwise: `memx check` and the API are one engine. */
export function watchOptions(durationMs: number, options: WatchPlan = {}): WatchOptions {
  const { untilSure = false } = options;
  return {
    durationMs,
    roundMs: options.intervalMs ?? usualRoundMs(durationMs, untilSure),
    samplingIntervalBytes: options.samplingIntervalBytes ?? 16 * 1024,
    samplingBudget:
      durationMs < LONG_WATCH_MS || options.samplingIntervalBytes !== undefined ? null : LONG_SAMPLING_BUDGET,
    keepsPace: durationMs >= LONG_WATCH_MS && !untilSure,
    typeReadings: options.typeReadings ?? 3,
    ...pauseBudgets(durationMs, untilSure),
    untilSure,
    ignoredFiles: [],
    publish: refinerOfThread() ? 'evidence' : 'report',
    workers: options.workers ?? true,
    snapshotFolder: null,
  };
}

function pauseBudgets(durationMs: number, untilSure: boolean) {
  if (durationMs < LONG_WATCH_MS) return { pauseBudget: 0.1, typePauseBudget: 0.5 };
  return untilSure
    ? { pauseBudget: 0.02, typePauseBudget: 0.1 }
    : { pauseBudget: 0.003, typePauseBudget: 0.007 };
}

function usualRoundMs(durationMs: number, untilSure: boolean): number {
  const short = Math.min(5_000, Math.max(250, durationMs / DEFAULT_ROUNDS));
  return untilSure ? short : Math.max(short, durationMs / MOST_ROUNDS);
}
