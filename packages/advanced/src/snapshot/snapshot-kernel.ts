import type { SnapshotChunk } from './snapshot-format-error.js';
import { startKernel } from './start-kernel.js';

/** Items per call: what they make, with the text they are made of, stays in a core's second-level cache. */
const MOST_ITEMS = 1 << 14;
/** The loops look so far behind what they take, and a chunk's last bytes are left to others. */
const MARGIN_BYTES = 80;
const INPUT_BYTES = 1 << 20;
const USES_BYTES = 1 << 16;
const RESULT_BYTES = 1 << 19;
const MOST_RESULTS = RESULT_BYTES / Int32Array.BYTES_PER_ELEMENT;

/** Places in the memory of the kernel. */
const TYPES_AT = 256;
const PATTERN_AT = 768;
const USES_AT = 1024;
const INPUT_AT = USES_AT + USES_BYTES;
const RESULTS_AT = INPUT_AT + INPUT_BYTES + 256;
const MEMORY_BYTES = RESULTS_AT + RESULT_BYTES;

/** Bytes that stand for no type: a byte that is no digit may lead anywhere around the ten digits. */
const NO_TYPE = 0xff;
const MOST_TYPES = 10;

/** How edges are taken; see kernel/snapshot-kernel.as. */
export interface EdgeRules {
  /** The number of a type in V8's list of types becomes this one. */
  readonly types: Int32Array;
  readonly notedType: number;
  readonly mostUses: number;
  readonly nodeLength: number;
  readonly nodeCount: number;
}

/**
 * The fast loops over a snapshot's text, and where they leave what they read: good until the next call. They take what is
 * written as V8 writes it, and stop at `stoppedAt`, an index into the chunk, where it is not or where the chunk may be cut.
 */
export class SnapshotKernel {
  stoppedAt = 0;
  /** Numbers in {@link notes}: of what is noted. */
  noteCount = 0;
  /** Names of edges as pairs: number among those taken, and name. Numbers of strings that look as sought. */
  readonly notes: Int32Array;
  /** Edges as words, and where strings begin (see {@link indexOf}). */
  readonly items: Int32Array;
  /** Where every 256th edge begins; see {@link indexOf}. */
  readonly marks: Int32Array;
  private readonly kernel = startKernel(MEMORY_BYTES);
  private readonly bytes: Uint8Array;
  private readonly results: Int32Array;
  private held: SnapshotChunk | null = null;
  private heldFrom = 0;
  private heldTo = 0;

  constructor() {
    const memory = this.kernel?.memory ?? new ArrayBuffer(MEMORY_BYTES);
    this.bytes = new Uint8Array(memory);
    this.results = new Int32Array(memory, RESULTS_AT, MOST_RESULTS);
    this.items = this.results.subarray(0, MOST_ITEMS);
    this.notes = this.results.subarray(MOST_ITEMS, MOST_ITEMS * 3);
    this.marks = this.results.subarray(MOST_ITEMS * 3);
  }

  /** Numbers as records of `length` fields. How many of them is returned; number f of all is `column(f, length)`. */
  takeRecords(
    chunk: SnapshotChunk,
    from: number,
    { length, most }: { length: number; most: number },
  ): number {
    const stride = columnLength(length);
    const count = Math.min(most, stride);
    return this.run(chunk, from, (loops, at, end) =>
      loops.takeRecords(at, end, count, length, RESULTS_AT, stride * 4),
    );
  }

  column(field: number, length: number): Int32Array {
    const stride = columnLength(length);
    return this.results.subarray(field * stride, (field + 1) * stride);
  }

  /** Says how {@link takeEdges} takes edges from now on. */
  prepareEdges({ types }: EdgeRules): void {
    this.bytes.fill(NO_TYPE, 0, PATTERN_AT);
    this.bytes.set(types.subarray(0, MOST_TYPES), TYPES_AT);
    this.bytes.fill(0, USES_AT, USES_AT + USES_BYTES);
  }

  /** Edges, the first of them number `first`. How many is returned. */
  takeEdges(
    chunk: SnapshotChunk,
    from: number,
    { rules, first, most }: { rules: EdgeRules; first: number; most: number },
  ): number {
    const count = Math.min(most, MOST_ITEMS);
    const { notedType, mostUses, nodeLength, nodeCount } = rules;
    const [words, marks, notes] = [RESULTS_AT, this.marks.byteOffset, this.notes.byteOffset];
    const taken = this.run(chunk, from, (loops, at, end) =>
      loops.takeEdges(
        at,
        end,
        count,
        first,
        words,
        marks,
        notes,
        TYPES_AT,
        notedType,
        USES_AT,
        mostUses,
        nodeLength,
        nodeCount,
      ),
    );
    this.noteCount *= 2;
    return taken;
  }

  /** Says which strings {@link takeStrings} notes: a number and then these 16 characters. */
  prepareStrings(pattern: string): void {
    this.bytes.set(Buffer.from(pattern, 'latin1'), PATTERN_AT);
  }

  /** From within a string, where the next ones begin. How many is returned. */
  takeStrings(chunk: SnapshotChunk, from: number, most = MOST_ITEMS): number {
    const count = Math.min(most, MOST_ITEMS);
    const { byteOffset } = this.notes;
    return this.run(chunk, from, (loops, at, end) =>
      loops.takeStrings(at, end, count, RESULTS_AT, byteOffset, PATTERN_AT),
    );
  }

  /** Index into the chunk of a place that a loop left in {@link items} or {@link marks}. */
  indexOf(place: number): number {
    return place - INPUT_AT + this.heldFrom;
  }

  private run(
    chunk: SnapshotChunk,
    from: number,
    loop: (loops: NonNullable<typeof this.kernel>['loops'], at: number, end: number) => number,
  ): number {
    this.stoppedAt = from;
    this.noteCount = 0;
    if (this.kernel === null || from + MARGIN_BYTES >= chunk.bytes.length) return 0;
    if (this.held !== chunk || from < this.heldFrom || from + MARGIN_BYTES >= this.heldTo) {
      this.hold(chunk, from);
    }
    const { loops } = this.kernel;
    const end = INPUT_AT + this.heldTo - this.heldFrom - MARGIN_BYTES;
    const taken = loop(loops, INPUT_AT + from - this.heldFrom, end);
    this.stoppedAt = this.indexOf(loops.stoppedAt.value);
    this.noteCount = loops.noted.value;
    return taken;
  }

  /** Copies a part of the chunk to where the loops can see it: 0.1 ms for a MiB. */
  private hold(chunk: SnapshotChunk, from: number): void {
    this.held = chunk;
    this.heldFrom = from;
    this.heldTo = Math.min(from + INPUT_BYTES, chunk.bytes.length);
    this.bytes.set(chunk.bytes.subarray(from, this.heldTo), INPUT_AT);
  }
}

/** Of each column, where all of them share the room. */
function columnLength(fields: number): number {
  return Math.min(MOST_ITEMS, Math.floor(MOST_RESULTS / fields));
}
