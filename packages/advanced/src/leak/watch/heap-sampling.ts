import { type AllocationSample, SamplingProfileDecoder } from '../../allocation/sampling-profile-decoder.js';
import type { RawSamplingProfile, SamplingOptions } from '../../inspector/heap-protocol.js';
import type { WatchOptions } from './watch-messages.js';

export interface SampledHeap {
  startSampling(options: SamplingOptions): Promise<void>;
  stopSampling(): Promise<void>;
  readSamplingProfile(): Promise<RawSamplingProfile>;
}

/**
 * What a sample costs the program: the frames of its stack are walked and named, and each collection looks after it. 0.24 µs a
 * frame where nothing else is in the caches (Node 20), about twice as much in a server.
 */
const SAMPLE_MS = 0.002;
const FRAME_MS = 0.0005;
/** The widest interval: one at which a leak of 100 KB/s leaves so many samples, within bounds. */
const LEAST_SAMPLES = 60;
const FAST_LEAK_BYTES_PER_MS = 100;
const [LEAST_WIDE_BYTES, MOST_WIDE_BYTES] = [512 * 1024, 1024 * 1024];
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
  readonly #mostIntervalBytes: number;
  #sampleMs = SAMPLE_MS;
  #rounds: readonly RoundCount[] = [];

  constructor(heap: SampledHeap, options: WatchOptions) {
    this.#heap = heap;
    this.#options = options;
    this.#intervalBytes = options.samplingIntervalBytes;
    const wideBytes = (options.durationMs * FAST_LEAK_BYTES_PER_MS) / LEAST_SAMPLES;
    this.#mostIntervalBytes = Math.min(MOST_WIDE_BYTES, Math.max(LEAST_WIDE_BYTES, wideBytes));
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
    const samples = this.#decoder.decode(profile);
    const frames = samples.reduce((sum, { stack }) => sum + stack.length, 0);
    if (samples.length > 0) this.#sampleMs = SAMPLE_MS + (FRAME_MS * frames) / samples.length;
    return samples;
  }

  /** Whether {@link restart} is due: two rounds in a row, for one may have been the loading of modules. */
  isTooDear(round: RoundCount): boolean {
    this.#rounds = [...this.#rounds.slice(-2), round];
    const isEarly = round.timeMs <= this.#options.durationMs * LATEST_RESTART;
    return isEarly && this.#intervalBytes < this.#mostIntervalBytes && this.#overspending() > 1;
  }

  /** Begins anew, with the interval doubled until samples fit into the budget. Forgets all samples; costs a full collection. */
  async restart(): Promise<void> {
    const factor = 2 ** Math.ceil(Math.log2(this.#overspending()));
    this.#intervalBytes = Math.min(this.#mostIntervalBytes, this.#intervalBytes * factor);
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
      ((to.sampled - from.sampled) * this.#sampleMs) / (to.timeMs - from.timeMs);
    return Math.min(share(first, second), share(second, third)) / samplingBudget;
  }
}
