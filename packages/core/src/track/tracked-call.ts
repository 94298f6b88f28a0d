import { checkFunction, checkOptions, checkString } from '../model/option-checks.js';
import { checkSamplingOptions, type SamplingOptions, startTracking } from '../sampler/tracking.js';
import type { MemorySeries } from '../series/memory-series.js';
import {
  deliverProfile,
  hasListeners,
  type ProfileListeners,
  type TrackedOutcome,
} from './memory-profile.js';

/** How a call or a context is sampled, and who hears of it. */
export interface TrackMemoryOptions extends SamplingOptions, ProfileListeners {
  /** Names the series. Default: the name of the function or method; a context has none. */
  readonly label?: string | undefined;
}

/** @throws MemxError `ERR_MEMX_INVALID_OPTION` */
export function checkTrackMemoryOptions(owner: string, options: TrackMemoryOptions): void {
  checkOptions(owner, options, ['intervalMs', 'label', 'onProfile', 'onError', 'source', 'ticker']);
  checkSamplingOptions(options);
  checkString('label', options.label);
  checkFunction('onProfile', options.onProfile);
  checkFunction('onError', options.onError);
}

/** A call under way, or the life of a generator. */
export interface TrackedCall {
  /** Ends the tracking, tells the listeners, and gives what was measured. */
  end(outcome: TrackedOutcome): MemorySeries;
  /** Ends the tracking, and tells nobody. */
  discard(): void;
}

function beginTrackedCall(options: TrackMemoryOptions): TrackedCall {
  const tracking = startTracking(options);
  return {
    end(outcome) {
      const memoryUsage = tracking.stop();
      if (hasListeners(options)) {
        void deliverProfile({ ...outcome, label: memoryUsage.label, memoryUsage }, options);
      }
      return memoryUsage;
    },
    discard() {
      tracking.stop();
    },
  };
}

/**
 * Makes a tracked stand-in for a function: begins a call, and lets `finish` make of the returned value what the caller
 * gets. `this`, name and length are the function's; what it throws is thrown on.
 */
export function standInFor(
  fn: (...args: never[]) => unknown,
  options: TrackMemoryOptions,
  finish: (returned: unknown, call: TrackedCall, beginAgain: () => TrackedCall) => unknown,
): (this: unknown, ...args: unknown[]) => unknown {
  const standIn = function (this: unknown, ...args: unknown[]): unknown {
    const begin = () => beginTrackedCall(options);
    const call = begin();
    let returned: unknown;
    try {
      returned = Reflect.apply(fn, this, args);
    } catch (error) {
      call.end({ outcome: 'threw', error });
      throw error;
    }
    return finish(returned, call, begin);
  };
  Object.defineProperties(standIn, {
    name: { value: fn.name, configurable: true },
    length: { value: fn.length, configurable: true },
  });
  return standIn;
}
