import { startTracking, type Tracking } from '../sampler/tracking.js';
import type { MemorySeries } from '../series/memory-series.js';
import { deliverProfile } from './memory-profile.js';
import { checkTrackMemoryOptions, type TrackMemoryOptions } from './tracked-call.js';

/**
 * Tracks memory for the length of an asynchronous block, and waits at its end for an asynchronous `onProfile`:
 *
 * ```ts
 * {
 *   await using context = new AsyncMemoryContext({ label: 'import', onProfile: save });
 *   await importAll();
 * } // here save is done
 * ```
 *
 * Never blocks the event loop. Contexts may nest and overlap; each sees the whole process.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export class AsyncMemoryContext implements AsyncDisposable {
  private readonly options: TrackMemoryOptions;
  private readonly tracking: Tracking;
  private stopping: Promise<MemorySeries> | undefined;

  constructor(options: TrackMemoryOptions = {}) {
    checkTrackMemoryOptions('AsyncMemoryContext', options);
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

  /** Ends the tracking at once, and resolves when `onProfile` is done; called again, gives the same series. */
  stop(): Promise<MemorySeries> {
    this.stopping ??= this.stopOnce();
    return this.stopping;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  private async stopOnce(): Promise<MemorySeries> {
    const memoryUsage = this.tracking.stop();
    await deliverProfile({ outcome: 'stopped', label: this.label, memoryUsage }, this.options);
    return memoryUsage;
  }
}
