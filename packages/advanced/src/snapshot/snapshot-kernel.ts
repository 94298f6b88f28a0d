import type { SnapshotChunk } from './snapshot-format-error.js';
import { startKernel } from './start-kernel.js';

/** Items per call: what they make, with the text they are made of, stays in a core's second-level cache. */
const MOST_ITEMS = 1 << 14;
/** The loops look so far behind what they take, and a chunk's last bytes are left to others. */
const MARGIN_BYTES = 80;
const INPUT_BYTES = 1 << 20;
const USES_BYTES = 1 << 16;
const RESULT_BYTES = 1 << 19; // of nodes: a byte and six words for each
const MOST_RESULTS = RESULT_BYTES / Int32Array.BYTES_PER_ELEMENT;

/** Places in the memory of the kernel. */
const TYPES_AT = 256;
const PATTERN_AT = 768;
const USES_AT = 1024;
const INPUT_AT = USES_AT + USES_BYTES;
const RESULTS_AT = INPUT_AT + INPUT_BYTES + 256;
/** How nodes are counted: a word per type, ids that part cohorts, and a table (see kernel/snapshot-kernel.as). */
const NAME_MASKS_AT = RESULTS_AT + RESULT_BYTES;
const BOUNDARIES_AT = NAME_MASKS_AT + 1024;
const TABLE_AT = BOUNDARIES_AT + 1024;
const TABLE_ENTRIES = 1 << 13;
const ENTRY_DOUBLES = 3;
const TABLE_DOUBLES = TABLE_ENTRIES * ENTRY_DOUBLES;
const MEMORY_BYTES = TABLE_AT + TABLE_DOUBLES * Float64Array.BYTES_PER_ELEMENT;

/** Bytes that stand for no type: a byte that is no digit may lead anywhere around the ten digits. */
const NO_TYPE = 0xff;
const MOST_TYPES = 10;
/** Of nodes, which may have two digits. */
const MOST_NODE_TYPES = 100;
const MOST_BOUNDARIES = 256;
const ABOVE_ALL_IDS = 2 ** 32 - 1;

/** How edges are taken; see kernel/snapshot-kernel.as. */
export interface EdgeRules {
  /** The number of a type in V8's list of types becomes this one. */
  readonly types: Int32Array;
  readonly notedType: number;
  readonly mostUses: number;
  readonly nodeLength: number;
  readonly nodeCount: number;
}

/** How nodes are counted. */
export interface CountingRules {
  /** Numbers of a record, of which type, name, id and size are the first four. */
  readonly fields: number;
  /** By type: whether nodes of the type are told apart by name. */
  readonly isNamed: readonly boolean[];
  /** Ids that part the nodes by birth, ascending. */
  readonly boundaries: readonly number[];
}

/** What is read of nodes, by number among those taken. */
export interface NodeResults {
  readonly kinds: Uint8Array;
  readonly names: Uint32Array;
  readonly ids: Uint32Array;
  readonly sizes: Uint32Array;
  /** Where the edges of the next node begin. */
  readonly nextEdges: Int32Array;
  /** Of nodes whose detachedness is not 0, as pairs: number among those taken, and detachedness. */
  readonly states: Int32Array;
}

/** Some of the nodes of a type, name and cohort. Name is 0 where names do not count. */
export interface NodeCount {
  readonly type: number;
  readonly name: number;
  readonly cohort: number;
  readonly count: number;
  readonly sizeBytes: number;
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
  readonly nodes: NodeResults;
  private readonly kernel = startKernel(MEMORY_BYTES);
  private readonly bytes: Uint8Array;
  private readonly results: Int32Array;
  private readonly tableWords: Int32Array;
  private readonly tableDoubles: Float64Array;
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
    const column = (index: number) => RESULTS_AT + MOST_ITEMS * 4 * index;
    this.nodes = {
      names: new Uint32Array(memory, column(0), MOST_ITEMS),
      ids: new Uint32Array(memory, column(1), MOST_ITEMS),
      sizes: new Uint32Array(memory, column(2), MOST_ITEMS),
      nextEdges: new Int32Array(memory, column(3), MOST_ITEMS),
      states: new Int32Array(memory, column(4), MOST_ITEMS * 2),
      kinds: new Uint8Array(memory, column(6), MOST_ITEMS),
    };
    this.tableWords = new Int32Array(memory, TABLE_AT, TABLE_DOUBLES * 2);
    this.tableDoubles = new Float64Array(memory, TABLE_AT, TABLE_DOUBLES);
  }

  /** Nodes into {@link nodes}; the first edge of the first of them is number `edge`. How many is returned. */
  takeNodes(
    chunk: SnapshotChunk,
    from: number,
    { fields, types, edge, most }: { fields: number; types: number; edge: number; most: number },
  ): number {
    const { kinds, names, ids, sizes, nextEdges, states } = this.nodes;
    const taken = this.run(chunk, from, (loops, at, end) =>
      loops.takeNodes(
        at,
        end,
        Math.min(most, MOST_ITEMS),
        fields,
        types,
        kinds.byteOffset,
        names.byteOffset,
        ids.byteOffset,
        sizes.byteOffset,
        nextEdges.byteOffset,
        edge,
        states.byteOffset,
      ),
    );
    this.noteCount *= 2;
    return taken;
  }

  /** Says how {@link countNodes} counts from now on; false where it cannot. */
  prepareCounting({ isNamed, boundaries }: CountingRules): boolean {
    if (isNamed.length > MOST_NODE_TYPES || boundaries.length > MOST_BOUNDARIES) return false;
    const masks = new Int32Array(this.bytes.buffer, NAME_MASKS_AT, MOST_NODE_TYPES);
    masks.set(isNamed.map((counts) => (counts ? -1 : 0)));
    const parting = new Uint32Array(this.bytes.buffer, BOUNDARIES_AT, MOST_BOUNDARIES);
    // The loops take no id above 2^31.
    parting.set(boundaries.map((id) => Math.min(Math.max(0, Math.ceil(id)), ABOVE_ALL_IDS)));
    return true;
  }

  /** Counts nodes. How many is returned; what is known of them comes with {@link takeCounts}, to be called at the end. */
  countNodes(
    chunk: SnapshotChunk,
    from: number,
    { rules, most }: { rules: CountingRules; most: number },
  ): number {
    const { fields, isNamed, boundaries } = rules;
    return this.run(chunk, from, (loops, at, end) =>
      loops.countNodes(
        at,
        end,
        most,
        fields,
        isNamed.length,
        NAME_MASKS_AT,
        BOUNDARIES_AT,
        boundaries.length,
        TABLE_AT,
        TABLE_ENTRIES - 1,
      ),
    );
  }

  /** True when {@link countNodes} goes on only after {@link takeCounts}. */
  get isCountingFull(): boolean {
    return this.kernel !== null && this.kernel.loops.used.value * 2 >= TABLE_ENTRIES;
  }

  /** The largest odd id of the nodes that were counted. */
  get largestId(): number {
    return this.kernel === null ? 0 : this.kernel.loops.largestId.value >>> 0;
  }

  /** Hands over what was counted since the last call. */
  takeCounts(take: (counted: NodeCount) => void): void {
    const { kernel, tableWords, tableDoubles } = this;
    if (kernel === null || kernel.loops.used.value === 0) return;
    for (let entry = 0; entry < TABLE_DOUBLES; entry += ENTRY_DOUBLES) {
      const tag = tableWords[entry * 2 + 1] as number;
      if (tag === 0) continue;
      take({
        type: (tag & 0xff) - 1,
        name: tableWords[entry * 2] as number,
        cohort: tag >>> 8,
        count: tableDoubles[entry + 1] as number,
        sizeBytes: tableDoubles[entry + 2] as number,
      });
    }
    tableDoubles.fill(0);
    kernel.loops.used.value = 0;
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
