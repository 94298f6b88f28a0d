import { getThreadRecorder } from '../sampler/thread-recorder.js';
import { measureReturned } from './measure-returned.js';
import { createMemoryDecorator, type MemoryDecorator } from './memory-decorator.js';
import { checkTrackMemoryOptions, standInFor, type TrackMemoryOptions } from './tracked-call.js';
import type { Tracked } from './tracked-result.js';

/**
 * Wraps a function, so that each call also tells the memory of the process while it ran:
 *
 * ```ts
 * const tracked = trackMemory(parse, { intervalMs: 10 });
 * const { result, memoryUsage } = tracked(text); // a promise of it where parse returns one
 * memoryUsage.peak.rssBytes;
 * ```
 *
 * `this`, arguments, name and length are kept. A generator comes back as one that iterates in the same way and has
 * `result` and `memoryUsage` when it is done. What is thrown is thrown on unchanged; its series goes to `onProfile`.
 * Memory is the whole process': calls that overlap see each other's.
 *
 * Cost: 20 to 30 µs a call, and about 1 % of one core while it runs at 10 ms, a tenth of that at 100 ms; returning
 * waits for nothing. The first wrapping starts the sampling thread, which takes 10 to 20 MiB.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export function trackMemory<This, Args extends unknown[], Returned>(
  fn: (this: This, ...args: Args) => Returned,
  options?: TrackMemoryOptions,
): (this: This, ...args: Args) => Tracked<Returned>;

/**
 * Decorates a method, standard or legacy. Its value stays as it is; what was measured goes to `onProfile` and to the
 * diagnostics channel `memx:track`, and nothing is measured while neither listens.
 *
 * ```ts
 * class Store {
 *   \@trackMemory({ label: 'load', onProfile: ({ memoryUsage }) => log(memoryUsage.peak.rssBytes) })
 *   async load() {}
 * }
 * ```
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export function trackMemory(options?: TrackMemoryOptions): MemoryDecorator;

export function trackMemory(
  first: ((...args: never[]) => unknown) | TrackMemoryOptions = {},
  options: TrackMemoryOptions = {},
): unknown {
  const given = typeof first === 'function' ? options : first;
  checkTrackMemoryOptions('trackMemory', given);
  if (typeof first === 'function' || given.onProfile !== undefined) startSamplerAhead(given);
  if (typeof first !== 'function') return createMemoryDecorator(given);
  return standInFor(first, { ...given, label: given.label ?? first.name }, measureReturned);
}

/** A thread that has booted before the first call is not part of what that call measures. */
function startSamplerAhead({ source, ticker }: TrackMemoryOptions): void {
  if (source === undefined && ticker === undefined) getThreadRecorder().link.join();
}
