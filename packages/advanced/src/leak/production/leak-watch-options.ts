import { checkFunction, checkNumber, checkOptions } from '@memx/core';
import type { LeakWatchEvent } from './leak-watch-event.js';

export interface LeakWatchOptions {
  readonly onEvent: (event: LeakWatchEvent) => void;
  /** What goes wrong inside, errors of `onEvent` included. Default: it is swallowed. */
  readonly onError?: (error: unknown) => void;
  /**
   * The share of time for which the program may be stopped to read birth cohorts: each reading costs a full collection
   * (4–6 ms on a small heap, 200–400 ms at 150 MB, Node 20). Default 0: never a forced collection, and no cohorts.
   * 0.001 is a pause of 5 ms every 5 s, or of 300 ms every 5 minutes.
   */
  readonly maxPauseShare?: number;
  /** Mean bytes between two samples, where cohorts are read. Default 512 KiB. */
  readonly samplingIntervalBytes?: number;
  /** An alarm needs so long a rise behind it. Default 5 minutes. */
  readonly leastSpanMs?: number;
  /** An alarm needs so much growth. Default 8 MiB. */
  readonly leastGrownBytes?: number;
  /** How many objects of one reason, or requests of one route, are watched at a time. Default 256. */
  readonly maxWatched?: number;
  /** So many watched objects of one reason, or requests of one route, that stay are a suspicion. Default 8. */
  readonly leastRetained?: number;
  /** For so long a request may be held when it is over: by work after the answer, by a log. Default 1 minute. */
  readonly leastRequestAgeMs?: number;
}

/** @throws MemxError `ERR_MEMX_INVALID_OPTION` */
export function checkLeakWatchOptions(options: LeakWatchOptions): Required<LeakWatchOptions> {
  checkOptions('startLeakWatch', options, [
    'onEvent',
    'onError',
    'maxPauseShare',
    'samplingIntervalBytes',
    'leastSpanMs',
    'leastGrownBytes',
    'maxWatched',
    'leastRetained',
    'leastRequestAgeMs',
  ]);
  return {
    onEvent: checkFunction('onEvent', options.onEvent) ?? (() => {}),
    onError: checkFunction('onError', options.onError) ?? (() => {}),
    maxPauseShare: checkNumber('maxPauseShare', options.maxPauseShare ?? 0, { min: 0, max: 0.1 }),
    samplingIntervalBytes: checkNumber('samplingIntervalBytes', options.samplingIntervalBytes ?? 512 * 1024, {
      min: 1024,
      integer: true,
    }),
    leastSpanMs: checkNumber('leastSpanMs', options.leastSpanMs ?? 5 * 60_000, { min: 0 }),
    leastGrownBytes: checkNumber('leastGrownBytes', options.leastGrownBytes ?? 8 * 2 ** 20, { min: 0 }),
    maxWatched: checkNumber('maxWatched', options.maxWatched ?? 256, { min: 1, max: 65_536, integer: true }),
    leastRetained: checkNumber('leastRetained', options.leastRetained ?? 8, { min: 1, integer: true }),
    leastRequestAgeMs: checkNumber('leastRequestAgeMs', options.leastRequestAgeMs ?? 60_000, { min: 0 }),
  };
}
