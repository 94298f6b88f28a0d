import type { FrameOrigin } from '../allocation/stack-frame.js';
import type { NodeKind } from '../snapshot/node-naming.js';
import type { PauseAccount } from './evidence.js';

export type Confidence = 'high' | 'medium' | 'low';

/** What a watch found. `undecided` means that more time is needed: see `waitMs`. */
export interface LeakReport {
  readonly outcome: 'leak' | 'clean' | 'undecided';
  /** The program did next to nothing while it was watched. */
  readonly idle: boolean;
  readonly durationMs: number;
  /** From when on the verdict was that there is a leak; null where it is not, and where it was judged but once. */
  readonly detectedAtMs: number | null;
  /**
   * From when on the leak is beyond doubt: both witnesses have named it in five successive rounds or more, for half as long
   * again as it took to hear both. Null where it is not, and where it was judged but once.
   */
  readonly sureAtMs: number | null;
  readonly rounds: number;
  /** Surest first, then fastest first. */
  readonly suspects: readonly LeakSuspect[];
  readonly heap: HeapGrowth;
  readonly pauses: PauseAccount;
  /** When undecided: how much longer to watch before the question can be answered. */
  readonly waitMs: number | null;
  /** What was not measured, and why. */
  readonly notes: readonly string[];
}

/** The memory that is left after full collections, from the warm-up's end to the last round. */
export interface HeapGrowth {
  readonly startHeapBytes: number;
  readonly endHeapBytes: number;
  readonly heapBytesPerSecond: number;
  readonly externalBytesPerSecond: number;
}

export interface LeakSuspect {
  /** Whose heap grows: 0 is the main thread, others carry the `threadId` of `node:worker_threads`. */
  readonly thread: number;
  /**
   * V8's heap; what its objects hold outside of it (array buffers, WebAssembly memory); what the system holds for the
   * program (`resource`: files, sockets, workers), of which only the number is known; or resident memory that none of
   * these explains (`native`).
   */
  readonly memory: 'heap' | 'external' | 'resource' | 'native';
  /** How it grows; null of memory outside V8's heap, where that cannot be told. */
  readonly pattern: GrowthPattern | null;
  readonly confidence: Confidence;
  /** The constructor, or V8's name in brackets where no constructor made it. */
  readonly type: string;
  readonly growthBytesPerSecond: number;
  /** Null where instances cannot be counted (external memory, or no type reading). */
  readonly growthInstancesPerSecond: number | null;
  /** Dearest first; the program's own caller is among them. */
  readonly sites: readonly SuspectSite[];
  /** All types that grow with it, fastest first; empty when types were not counted. */
  readonly types: readonly TypeGrowth[];
  /** From a root to the object, by names; null until a snapshot's graph was read. */
  readonly path: readonly string[] | null;
  /**
   * A function of the program that what stays carries (a listener, a handler), where the program has no part in allocating it: null
   * elsewhere, and until a snapshot's graph was read.
   */
  readonly carries: OwnFunction | null;
  /** The same leak has the same fingerprint in every run. */
  readonly fingerprint: string;
  readonly recommendation: string;
  /** Why memx believes it, in sentences. */
  readonly evidence: readonly string[];
}

/**
 * `kept`: objects stay, for as long as memx watched. `backlog`: none stays for good, but each longer than those before it, as in a queue
 * whose consumer is too slow. `regrown`: one block is replaced by a larger one again and again, as in a list of numbers.
 */
export type GrowthPattern = 'kept' | 'backlog' | 'regrown';

export interface TypeGrowth {
  readonly kind: NodeKind;
  readonly type: string;
  readonly growthBytesPerSecond: number;
  readonly growthInstancesPerSecond: number;
  /** So many, at least, were born between these two readings of a watch, and alive at a later one: they are kept. */
  readonly settledInstances: number;
  readonly settledFromMs: number;
  readonly settledBeforeMs: number;
  readonly confidence: Confidence;
}

/** A function of the program; the line is 1-based and where it starts. */
export interface OwnFunction {
  readonly filename: string;
  readonly line: number;
  readonly functionName: string;
}

/** A function that allocates what stays. Line and column are 1-based and name the function's start. */
export interface SuspectSite {
  readonly filename: string;
  readonly line: number;
  readonly column: number;
  readonly functionName: string;
  readonly package: string | null;
  readonly origin: FrameOrigin;
  /** Whether it allocates (or opens) what stays, and whether it calls another one that does. */
  readonly allocates: boolean;
  readonly calls: boolean;
  readonly sizeBytes: number;
}
