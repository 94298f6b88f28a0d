import { startTracking, type Tracking } from '../sampler/tracking.js';
import type { MemorySeries } from '../series/memory-series.js';
import { deliverProfile, hasListeners } from './memory-profile.js';
import { checkTrackMemoryOptions, type TrackMemoryOptions } from './tracked-call.js';

/**
 * Tracks memory for the length of a block, also while the block keeps this thread busy:
 *
 * ```ts
 * {
 *   using context = new MemoryContext({ label: 'import', onProfile: ({ memoryUsage }) => report(memoryUsage) });
 *   importAll();
 * }
 * ```
 *
 * Contexts may nest and overlap; each sees the whole process. Costs what {@link startTracking} does.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export class MemoryContext implements Disposable {
  private readonly options: TrackMemoryOptions;
  private readonly tracking: Tracking;
  private stopped = false;

  constructor(options: TrackMemoryOptions = {}) {
    checkTrackMemoryOptions('MemoryContext', options);
    this.options = options;
    this.tracking = startTracking(options);
  }

  get label(): string | null {
    return this.options.label || null;
  }

  /** The series up to now; once stopped, the whole of it. */
  get memoryUsage(): MemorySeries {
    return this.tracking.peek();
  }

  /** Ends the tracking and tells `onProfile`; called again, gives the same series. */
  stop(): MemorySeries {
    const memoryUsage = this.tracking.stop();
    if (this.stopped) return memoryUsage;
    this.stopped = true;
    if (hasListeners(this.options)) {
      void deliverProfile({ outcome: 'stopped', label: this.label, memoryUsage }, this.options);
    }
    return memoryUsage;
  }

  [Symbol.dispose](): void {
    this.stop();
  }
}
