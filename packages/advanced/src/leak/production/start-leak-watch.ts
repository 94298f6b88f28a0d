import { type LeakWatch, ProductionWatch } from './leak-watch.js';
import type { LeakWatchOptions } from './leak-watch-options.js';

/**
 * Watches this thread for leaks in production, for as long as it runs. It listens to the collections that V8 makes anyway:
 * no collection is forced and no snapshot is taken, unless `maxPauseShare` allows for pauses.
 *
 * - `alarm`: heap, external memory, array buffers or the resident set rise from one major collection to the next
 *   (Mann–Kendall, Theil–Sen, in the last half of the time as in the first), with the time until the limit is met;
 * - `suspect`: objects given to `watch` are still there, or (with `maxPauseShare`) those of some functions are;
 * - `recovered`: what was told of no longer holds.
 *
 * Each is told once. Cost: some 20 µs and, with a full history, 1 ms for each major collection, at most once a second; at
 * most 128 readings and `maxWatched` weak references for each of at most 64 reasons. With `maxPauseShare` also a worker
 * thread, the sampling and the pauses. It does not keep the process alive.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`; with `maxPauseShare`, `ERR_MEMX_UNSUPPORTED` in a worker thread.
 *
 * @example
 * const leaks = startLeakWatch({ onEvent: (event) => log.warn(event) });
 * server.on('request', (request, response) => {
 *   response.once('close', () => leaks.watch(request, 'a request that was answered'));
 * });
 */
export function startLeakWatch(options: LeakWatchOptions): LeakWatch {
  return new ProductionWatch(options);
}
