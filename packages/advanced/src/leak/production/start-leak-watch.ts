import { type LeakWatch, ProductionWatch } from './leak-watch.js';
import type { LeakWatchOptions } from './leak-watch-options.js';

/**
 * Watches this thread for leaks in production, for as long as it runs. It listens to the collections that V8 makes anyway:
 * no collection is forced and no snapshot is taken, unless `maxPauseShare` allows for pauses.
 *
 * - `alarm`: heap, external memory, array buffers or the resident set rise from one major collection to the next
 *   (Mann–Kendall, Theil–Sen, in the last half of the time as in the first), with the time until the limit is met;
 * - `suspect`: objects given to `watch` are still there; requests of a route that are over, given to `watchRequest`, are
 *   kept, ever more of them; or (with `maxPauseShare`) objects of some functions are;
 * - `recovered`: what was told of no longer holds.
 *
 * Each is told once. Cost: some 20 µs and, with a full history, 1 ms for each major collection, at most once a second; at
 * most 128 readings and `maxWatched` weak references for each of at most 64 reasons and 64 routes. With `maxPauseShare` also a worker
 * thread, the sampling and the pauses. It does not keep the process alive.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`; with `maxPauseShare`, `ERR_MEMX_UNSUPPORTED` in a worker thread.
 *
 * @example
 * const leakWatch = startLeakWatch({ onEvent: (event) => log.warn(event) });
 * app.use(memx({ leakWatch })); // from @memx/integrations/express, or fastify, or nest: requests by route
 * socket.once('close', () => leakWatch.watch(session, 'a session whose socket is closed'));
 */
export function startLeakWatch(options: LeakWatchOptions): LeakWatch {
  return new ProductionWatch(options);
}
