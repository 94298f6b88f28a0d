import type { StackFrame } from './stack-frame.js';

/** How a profile came to be. What a file of another tool does not say is null. */
export interface ProfileMeta {
  /** `profile`, or the signed difference of two: what came more in the second is positive. */
  readonly kind: 'profile' | 'difference';
  /** `v20.20.2` */
  readonly node: string | null;
  /** When the sampling began, in milliseconds of the epoch. */
  readonly startedAtEpochMs: number | null;
  readonly durationMs: number | null;
  /** Mean bytes between two samples. */
  readonly samplingIntervalBytes: number | null;
  /** `live`: what was alive at the end. `total`: all that was allocated, collected or not. */
  readonly measure: 'live' | 'total' | null;
  /**
   * What line and column of a frame name: the start of its function, or the line that allocates. It is said of heap
   * memory; frames of external memory always name the place of the call, which is known there without instrumenting.
   */
  readonly precision: 'function' | 'line';
  /**
   * Whether V8 was kept from inlining. When false, bytes of a function that V8 inlined are counted with the function
   * that it was inlined into: a frame's own bytes may be its callees'. Totals of a thread are right in any case.
   */
  readonly inliningOff: boolean;
  /** Mean bytes between two samples of external memory; null when that was not measured. */
  readonly externalIntervalBytes: number | null;
}

/** `heap`: objects in V8's heap. `external`: bytes outside of it that objects hold, those of buffers. */
export type MemoryKind = 'heap' | 'external';

/** One isolate: 0 is the main thread, others carry the `threadId` of `node:worker_threads`. */
export interface ProfiledThread {
  readonly id: number;
}

/** The bytes that one call stack of one thread allocated. */
export interface AllocationStack {
  /** An index into `threads`. */
  readonly thread: number;
  readonly memory: MemoryKind;
  /** Indexes into `frames`, innermost first; empty for what V8 allocated without JavaScript on the stack. */
  readonly frames: readonly number[];
  /** An unbiased estimate of all bytes, not of the sampled ones alone; signed in a difference. */
  readonly sizeBytes: number;
  /** An unbiased estimate of how many objects they are; null where it cannot be known. Signed in a difference. */
  readonly count: number | null;
  /** Sampled objects on which the estimate rests (of both sides, in a difference). */
  readonly samples: number | null;
  /** One standard deviation of the estimate, in whole bytes. */
  readonly standardErrorBytes: number | null;
}

/**
 * What a program allocated, as one immutable value: whoever measures or reads a file fills it, tables and files are
 * made from it. Stacks come dearest first, and every frame once. Plain data: it survives JSON as it is.
 */
export interface AllocationProfile extends ProfileMeta {
  readonly threads: readonly ProfiledThread[];
  readonly frames: readonly StackFrame[];
  readonly stacks: readonly AllocationStack[];
}
