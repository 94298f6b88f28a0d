import type { EstimatedStack } from '../allocation/profile-builder.js';
import type { CallStack } from '../allocation/sampling-profile-decoder.js';
import { frameAt, type StackFrame } from '../allocation/stack-frame.js';
import { CallReader } from './capture-calls.js';
import { type Garbage, openGarbage } from './garbage.js';
import type { ExternalAllocation, SamplingGate } from './sampling-gate.js';
import { SamplingMeter } from './sampling-meter.js';
import { StackSums, type SumSnapshot, type TakenSample, takenWith } from './stack-sums.js';

export interface ExternalSamplerOptions {
  readonly intervalBytes: number;
  /** `live`: what is still held. `total`: all that was allocated. */
  readonly measure: 'live' | 'total';
  /** The share of the time that samples may take: where they take more, they are taken at longer intervals. Default: null, any. */
  readonly budgetShare?: number | null;
}

/** A sampled allocation that is alive. `sizeBytes` is the estimate of all that it stands for. */
export interface ExternalSample {
  readonly stack: CallStack;
  readonly sizeBytes: number;
  readonly ordinal: number;
}

/** One sampled allocation whose holder is watched. It lives in the program's heap, so it can be told by its name. */
class MemxExternalSample extends WeakRef<object> implements OrderedSample {
  readonly stack: CallStack;
  readonly sizeBytes: number;
  readonly intervalBytes: number;
  readonly ordinal: number;

  constructor(holder: object, { stack, sizeBytes, intervalBytes, ordinal }: OrderedSample) {
    super(holder);
    this.stack = stack;
    this.sizeBytes = sizeBytes;
    this.intervalBytes = intervalBytes;
    this.ordinal = ordinal;
  }
}

interface OrderedSample extends TakenSample {
  readonly ordinal: number;
}

/** The types of objects by which memx watches memory from within a program's heap: not the program's. Bundles rename classes. */
export const OWN_TYPES: ReadonlySet<string> = new Set(['MemxExternalSample']);

/** What was allocated up to some moment, for a reading of what came later. */
export interface ExternalMark {
  readonly ordinal: number;
  readonly totals: SumSnapshot;
}

/** V8 keeps what a WeakRef was made of until the end of the job: at most so much of it. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;
const FIRST_SWEEP = 1_024;
/** A stack of 64 calls takes some 5 KB with its key; where samples die, so may those that nobody has any more. */
const KEPT_STACKS = 512;
/** Coarser than this, a leak of 1 MB/s leaves less than one sample in eight seconds. */
const MOST_INTERVAL_BYTES = 8 * 1024 * 1024;

/**
 * Takes allocations as V8's own sampling profiler does: the distance in bytes from one sample to the next is drawn from an
 * exponential distribution, so that an allocation of s bytes is taken with p = 1 - exp(-s / interval), whatever came
 * before it, and then stands for 1 / p allocations of s bytes (Horvitz and Thompson).
 */
export class ExternalSampler implements SamplingGate {
  remainingBytes = 0;
  readonly #options: ExternalSamplerOptions;
  readonly #calls = new CallReader();
  readonly #callees = new Map<string, StackFrame>();
  readonly #stacks = new Map<string, CallStack>();
  readonly #totals: StackSums;
  readonly #watched = new Set<MemxExternalSample>();
  readonly #byBuffer = new WeakMap<object, MemxExternalSample>();
  readonly #garbage: Garbage | null;
  readonly #meter: SamplingMeter | null;
  #intervalBytes: number;
  #ordinal = 0;
  #keptBytes = 0;
  #sweepAt = FIRST_SWEEP;
  #isPaused = false;

  constructor(options: ExternalSamplerOptions) {
    this.#options = options;
    this.#intervalBytes = options.intervalBytes;
    this.#totals = new StackSums();
    this.#garbage = options.measure === 'live' ? openGarbage() : null;
    this.#meter = options.budgetShare ? new SamplingMeter(options.budgetShare, performance.now()) : null;
    this.remainingBytes = this.#drawDistance();
  }

  take({ callee, sizeBytes, holder, wrapper }: ExternalAllocation): void {
    this.remainingBytes = this.#drawDistance();
    if (this.#isPaused) return;
    this.#isPaused = true; // what reading the stack allocates is memx's
    const startedAt = this.#meter ? performance.now() : 0;
    try {
      const intervalBytes = this.#intervalBytes;
      const stack = this.#intern([this.#frameOf(callee), ...this.#calls.read(wrapper)]);
      this.#ordinal += 1;
      if (this.#options.measure === 'total') this.#totals.add({ stack, sizeBytes, intervalBytes });
      else this.#watch(holder, { stack, sizeBytes, intervalBytes, ordinal: this.#ordinal });
    } finally {
      this.#isPaused = false;
      if (this.#meter) this.#adjust(this.#meter, startedAt);
    }
  }

  #adjust(meter: SamplingMeter, startedAt: number): void {
    const now = performance.now();
    const wished = this.#intervalBytes * meter.spend(now - startedAt, now);
    this.#intervalBytes = Math.min(MOST_INTERVAL_BYTES, Math.max(this.#options.intervalBytes, wished));
  }

  /** The bytes have a new holder, as after `transfer()`. */
  move(from: object, to: object): void {
    const sample = this.#byBuffer.get(from);
    if (!sample) return;
    this.#watched.delete(sample);
    const moved = new MemxExternalSample(to, sample);
    this.#watched.add(moved);
    this.#byBuffer.set(to, moved);
  }

  /** What memx itself allocates is not the program's. */
  pausedWhile<T>(action: () => T): T {
    const wasPaused = this.#isPaused;
    this.#isPaused = true;
    try {
      return action();
    } finally {
      this.#isPaused = wasPaused;
    }
  }

  mark(): ExternalMark {
    return { ordinal: this.#ordinal, totals: this.#totals.snapshot() };
  }

  /** For wrappers that live on, in a class that extends one: nothing is taken any more, and nothing watched. */
  end(): void {
    this.#isPaused = true;
    this.#watched.clear();
  }

  /**
   * To be called before the collection that precedes a reading: what is dead can then be collected.
   * @returns the ordinal of the newest sample: of later ones the collection may not tell the dead from the living
   */
  letGo(): number {
    this.#garbage?.letGo();
    this.#keptBytes = 0;
    return this.#ordinal;
  }

  /** To be called after it, before `process.memoryUsage()` is read. */
  finishFreeing(): void {
    this.#garbage?.finishFreeing();
  }

  /** By stack, what was allocated since the mark, as far as it is alive (up to `upTo`) in a live measurement. */
  read({ ordinal, totals }: ExternalMark, upTo = Number.POSITIVE_INFINITY): EstimatedStack[] {
    if (this.#options.measure === 'total') return this.#totals.since(totals);
    const sums = new StackSums();
    for (const sample of this.#alive(upTo)) {
      if (sample.ordinal > ordinal) sums.add(sample);
    }
    return sums.since(null);
  }

  /** Each sample of a live measurement up to that ordinal that is alive; equal stacks are one array. */
  readSamples(upTo = Number.POSITIVE_INFINITY): ExternalSample[] {
    return this.#alive(upTo).map(({ stack, sizeBytes, intervalBytes, ordinal }) => ({
      stack,
      sizeBytes: sizeBytes / takenWith(sizeBytes, intervalBytes),
      ordinal,
    }));
  }

  #alive(upTo: number): MemxExternalSample[] {
    this.#sweep();
    return [...this.#watched].filter(({ ordinal }) => ordinal <= upTo);
  }

  #watch(holder: object, taken: OrderedSample): void {
    const sample = new MemxExternalSample(holder, taken);
    this.#byBuffer.set(holder, sample);
    this.#watched.add(sample);
    this.#keptBytes += sample.sizeBytes;
    if (this.#watched.size >= this.#sweepAt) {
      this.#sweep();
      this.#sweepAt = Math.max(FIRST_SWEEP, 2 * this.#watched.size);
    }
    if (this.#keptBytes > MAX_KEPT_BYTES) this.letGo();
  }

  #sweep(): void {
    for (const sample of this.#watched) {
      if (!isHeld(sample.deref())) this.#watched.delete(sample);
    }
    this.letGo();
  }

  #drawDistance(): number {
    const distance = -Math.log(1 - Math.random()) * this.#intervalBytes;
    return Math.min(2 ** 30, Math.max(1, Math.ceil(distance)));
  }

  #frameOf(callee: string): StackFrame {
    const known = this.#callees.get(callee);
    if (known) return known;
    const frame = frameAt({ functionName: callee, filename: '', line: 0, column: 0 });
    this.#callees.set(callee, frame);
    return frame;
  }

  /** One array for equal stacks, so that memory grows with the program's stacks, not with its samples; most of the time, where these die. */
  #intern(stack: CallStack): CallStack {
    const key = stack
      .map(({ functionName, filename, line, column }) => `${functionName}\n${filename}\n${line}:${column}`)
      .join('\n');
    const known = this.#stacks.get(key);
    if (known) return known;
    if (this.#options.measure === 'live' && this.#stacks.size >= KEPT_STACKS) this.#stacks.clear();
    this.#stacks.set(key, stack);
    return stack;
  }
}

/** A buffer whose bytes were transferred, to another thread or another buffer, holds none. */
function isHeld(holder: object | undefined): boolean {
  if (holder === undefined) return false;
  return !(holder instanceof ArrayBuffer) || holder.byteLength > 0;
}
