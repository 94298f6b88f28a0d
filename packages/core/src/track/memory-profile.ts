import { builtin } from '../builtin.js';
import { reportFailure } from '../model/report-failure.js';
import type { MemorySeries } from '../series/memory-series.js';

/** How what was tracked came to its end. */
export type TrackedOutcome =
  | { readonly outcome: 'returned' }
  /** `error` is what was thrown, or rejected with; the caller gets it too, unchanged. */
  | { readonly outcome: 'threw'; readonly error: unknown }
  /** A context or the global tracker was stopped; what went on inside is not known to them. */
  | { readonly outcome: 'stopped' };

/** What `onProfile` and the diagnostics channel `memx:track` are given. */
export type MemoryProfile = TrackedOutcome & {
  readonly label: string | null;
  readonly memoryUsage: MemorySeries;
};

/** Who is told of a profile. */
export interface ProfileListeners {
  /** Called once, when what was tracked has come to its end. */
  readonly onProfile?: ((profile: MemoryProfile) => void | PromiseLike<void>) | undefined;
  /** Told what failed inside memx or in `onProfile`; without it, such failures are dropped. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

const trackChannel = builtin('node:diagnostics_channel').channel('memx:track');

/** False when nobody would see a profile, so that none need be made. */
export function hasListeners({ onProfile }: ProfileListeners): boolean {
  return onProfile !== undefined || trackChannel.hasSubscribers;
}

/** Gives a profile to all who listen; resolves when an asynchronous `onProfile` is done. Never throws. */
export async function deliverProfile(profile: MemoryProfile, listeners: ProfileListeners): Promise<void> {
  try {
    trackChannel.publish(profile);
    await listeners.onProfile?.(profile);
  } catch (error) {
    reportFailure(listeners.onError, error);
  }
}
