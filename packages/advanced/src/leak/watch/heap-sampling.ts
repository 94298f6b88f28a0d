import { type AllocationSample, SamplingProfileDecoder } from '../../allocation/sampling-profile-decoder.js';
import type { RawSamplingProfile, SamplingOptions } from '../../inspector/heap-protocol.js';
import type { WatchOptions } from './watch-messages.js';

export interface SampledHeap {
  startSampling(options: SamplingOptions): Promise<void>;
  stopSampling(): Promise<void>;
  readSamplingProfile(): Promise<RawSamplingProfile>;
}

/** What a sample costs the program: its stack is walked, and each collection looks after it. Express, Node 20: 7–10 µs. */
const SAMPLE_MS = 0.008;
/** Coarser than this, a leak of 100 KB/s leaves less than one sample in five seconds. */
const MOST_INTERVAL_BYTES = 512 * 1024;
/** V8 forgets all samples when it begins anew: now 21 % of a leak's are of the first third; with fewer than 15 % it is none. */
const LATEST_RESTART = 0.15;

interface RoundCount {
  readonly timeMs: number;
  /** Allocations that were sampled so far. */
  readonly sampled: number;
}

/**
 * The sampling of one isolate's allocations. It starts fine, because a slow leak in a calm program shows in few samples. Where
 * the program allocates so much that samples cost more than the budget, it begins anew with a wider interval: what leaks
 * there leaks more bytes, or is too slow to be seen among so many at any interval.
 */
export class HeapSampling {
  readonly #heap: SampledHeap;
  readonly #options: WatchOptions;
  #decoder = new SamplingProfileDecoder();
  #intervalBytes: number;
  #rounds: readonly RoundCount[] = [];

  constructor(heap: SampledHeap, options: WatchOptions) {
    this.#heap = heap;
    this.#options = options;
    this.#intervalBytes = options.samplingIntervalBytes;
  }

  get intervalBytes(): number {
    return this.#intervalBytes;
  }

  async start(): Promise<void> {
    await this.#heap.startSampling({ intervalBytes: this.#intervalBytes, includeCollected: false });
  }

  read(): Promise<RawSamplingProfile> {
    return this.#heap.readSamplingProfile();
  }

  decode(profile: RawSamplingProfile): AllocationSample[] {
    return this.#decoder.decode(profile);
  }

  /** Whether {@link restart} is due: two rounds in a row, for one may have been the loading of modules. */
  isTooDear(round: RoundCount): boolean {
    this.#rounds = [...this.#rounds.slice(-2), round];
    const isEarly = round.timeMs <= this.#options.durationMs * LATEST_RESTART;
    return isEarly && this.#intervalBytes < MOST_INTERVAL_BYTES && this.#overspending() > 1;
  }

  /** Begins anew, with the interval doubled until samples fit into the budget. Forgets all samples; costs a full collection. */
  async restart(): Promise<void> {
    const factor = 2 ** Math.ceil(Math.log2(this.#overspending()));
    this.#intervalBytes = Math.min(MOST_INTERVAL_BYTES, this.#intervalBytes * factor);
    this.#rounds = [];
    this.#decoder = new SamplingProfileDecoder(); // V8 numbers its nodes anew
    await this.#heap.stopSampling();
    await this.start();
  }

  /** How many times the budget samples took in the cheaper of the last two rounds. */
  #overspending(): number {
    const { samplingBudget } = this.#options;
    const [first, second, third] = this.#rounds;
    if (samplingBudget === null || !first || !second || !third) return 0;
    const share = (from: RoundCount, to: RoundCount) =>
      ((to.sampled - from.sampled) * SAMPLE_MS) / (to.timeMs - from.timeMs);
    return Math.min(share(first, second), share(second, third)) / samplingBudget;
  }
}
