import type { CallStack } from '../allocation/sampling-profile-decoder.js';
import type { StackFrame } from '../allocation/stack-frame.js';
import type { OpenedBy } from '../resources/opened-resource.js';
import type { NodeKind } from '../snapshot/node-naming.js';

/**
 * All that a watch saw and a verdict is made of. It is plain data: a verdict can be made again from a stored one.
 * Bounded: neighbouring rounds are merged when there are many, and only sites with live samples are kept.
 */
export interface LeakEvidence {
  readonly schema: 'memx.evidence/1';
  readonly node: string;
  /** The main thread comes first. */
  readonly threads: readonly ThreadEvidence[];
}

/** What was seen of one isolate. */
export interface ThreadEvidence {
  /** 0 is the main thread, others carry the `threadId` of `node:worker_threads`. */
  readonly thread: number;
  /** Mean bytes between two samples. */
  readonly intervalBytes: number;
  /** Oldest first; times count from the start of this thread's watch. */
  readonly rounds: readonly RoundReading[];
  /** Allocations that were sampled after the first round, those of objects that died included. */
  readonly sampledAllocations: number;
  /** Of V8's heap. */
  readonly sites: readonly SiteHistory[];
  /** Of memory outside of it, with the lines of the calls; null where it is not recorded. */
  readonly externalSites: readonly SiteHistory[] | null;
  /** Who opened, after the first round, what is open in the last. */
  readonly openings: readonly OpenedBy[];
  /** Of one series: V8 knows the objects of one reading in the next. */
  readonly types: readonly TypeReading[];
  /** The last reading of each series before, oldest first: sizes to compare with, of objects that V8 has forgotten. */
  readonly landmarks: readonly TypeReading[];
  /** When types were read, these and others: what a reading does to memory is no doing of the program's. */
  readonly typesReadMs: readonly number[];
  /** The snapshot of the last type reading, where it was kept. */
  readonly snapshot: SnapshotFile | null;
  readonly pauses: PauseAccount;
  /** Why something was not measured, in sentences. */
  readonly notes: readonly string[];
}

/** A heap snapshot, and the ids of the objects that were born between the two readings of types before it. */
export interface SnapshotFile {
  readonly file: string;
  readonly settledFromId: number;
  readonly settledBeforeId: number;
}

/** The process right after a full collection. */
export interface RoundReading {
  readonly timeMs: number;
  /** The same without the pauses so far: for how long the program could work. */
  readonly activeMs: number;
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  /** What V8 has for the heap beside that; it may have come and gone since the collection. */
  readonly heapFreeBytes: number;
  readonly externalBytes: number;
  readonly arrayBuffersBytes: number;
  /** Memory of WebAssembly that JavaScript has seen; on Node 26 no part of `externalBytes`. 0 where it is not recorded. */
  readonly wasmBytes: number;
  /** What is open, by kind (`open files`, `Worker`, `TCPSocketWrap`, `Timeout`); empty where it is not recorded. */
  readonly resources: Readonly<Record<string, number>>;
}

/** What was allocated by one function (one expression, where lines are known) and is still alive, as sampled. */
export interface SiteHistory {
  readonly allocator: StackFrame;
  /** The calls through which it allocated what is alive, dearest first; the first round's do not count. */
  readonly stacks: readonly StackBytes[];
  /** Estimated live bytes at each round, of what was born after the first. */
  readonly liveBytes: readonly number[];
  /** The same, each byte times its age in milliseconds in which the program could work. */
  readonly liveByteMs: readonly number[];
  /** Samples alive in the last round, by the round before whose reading they were born. */
  readonly survivors: readonly number[];
  readonly survivorBytes: readonly number[];
}

/** Bytes alive in the last round, allocated after the first, by one call stack (its innermost frames). */
export interface StackBytes {
  readonly frames: CallStack;
  readonly sizeBytes: number;
}

/** Live objects by type at one moment. */
export interface TypeReading {
  readonly timeMs: number;
  readonly rows: readonly TypeCount[];
}

export interface TypeCount {
  readonly kind: NodeKind;
  readonly type: string;
  readonly count: number;
  readonly sizeBytes: number;
  /** Of these, the objects that are younger than the reading before the last, yet older than the last reading. */
  readonly settledCount: number;
  readonly settledBytes: number;
  /** All that are older than the last reading, the settled ones included; 0 before the third reading. */
  readonly keptCount: number;
  readonly keptBytes: number;
}

/** How long the program stood still for the watch. */
export interface PauseAccount {
  readonly count: number;
  readonly totalMs: number;
  readonly longestMs: number;
}
