import { RecordArrayReader, type RecordTaker } from '../snapshot/record-array-reader.js';
import { type SnapshotChunk, snapshotFormatError } from '../snapshot/snapshot-format-error.js';
import type { EdgeRules, SnapshotKernel } from '../snapshot/snapshot-kernel.js';
import { edgeFieldOffset, type SnapshotLayout } from '../snapshot/snapshot-layout.js';
import { EDGES_PER_MARK } from './edge-names.js';
import { edgeTypeNumber, edgeWord, INTERNAL_EDGE } from './edge-word.js';
import { MOST_USES, type WeakMapPairs } from './weak-map-pairs.js';

/** What the reader of the edges fills. */
export interface EdgeColumns {
  /** An {@link edgeWord} per edge. */
  readonly edges: Int32Array;
  /** Where every {@link EDGES_PER_MARK}th edge begins in the text. */
  readonly marks: Float64Array;
}

/** The reader of the edges, and the columns that it fills. Names are passed over; `pairs` hears those of internal edges. */
export function startEdgeColumns(
  layout: SnapshotLayout,
  pairs: WeakMapPairs,
  kernel: SnapshotKernel,
): { reader: RecordArrayReader; columns: EdgeColumns } {
  const taker = new EdgeTaker(layout, pairs, kernel);
  return { reader: new RecordArrayReader(taker), columns: taker };
}

class EdgeTaker implements RecordTaker, EdgeColumns {
  readonly recordLength: number;
  readonly mostRecords: number;
  readonly edges: Int32Array;
  readonly marks: Float64Array;
  taken = 0;
  private readonly pairs: WeakMapPairs;
  private readonly kernel: SnapshotKernel;
  private readonly rules: EdgeRules;
  private readonly types: Int32Array;
  private readonly nodeLength: number;
  private readonly nodeCount: number;
  private readonly at: { readonly type: number; readonly name: number; readonly to: number };
  private readonly hasUsualFields: boolean;

  constructor(layout: SnapshotLayout, pairs: WeakMapPairs, kernel: SnapshotKernel) {
    this.kernel = kernel;
    this.recordLength = layout.edgeLength;
    this.mostRecords = layout.edgeCount;
    this.edges = new Int32Array(layout.edgeCount);
    this.marks = new Float64Array(Math.ceil(layout.edgeCount / EDGES_PER_MARK));
    this.pairs = pairs;
    this.types = Int32Array.from(layout.edgeTypes, edgeTypeNumber);
    this.nodeLength = layout.nodeLength;
    this.nodeCount = layout.nodeCount;
    this.at = {
      type: edgeFieldOffset(layout, 'type'),
      name: edgeFieldOffset(layout, 'name_or_index'),
      to: edgeFieldOffset(layout, 'to_node'),
    };
    this.rules = {
      types: this.types,
      notedType: INTERNAL_EDGE,
      mostUses: MOST_USES,
      nodeLength: this.nodeLength,
      nodeCount: this.nodeCount,
    };
    kernel.prepareEdges(this.rules);
    this.hasUsualFields = layout.edgeFields.join() === 'type,name_or_index,to_node';
  }

  takeMany(chunk: SnapshotChunk, from: number, first: number): number {
    this.taken = 0;
    if (!this.hasUsualFields) return from;
    const { kernel, rules, edges, pairs } = this;
    const { items, notes } = kernel;
    let at = from;
    let edge = first;
    for (;;) {
      const count = kernel.takeEdges(chunk, at, { rules, first: edge, most: this.mostRecords - edge });
      if (count === 0) break;
      edges.set(items.subarray(0, count), edge);
      for (let note = 0; note < kernel.noteCount; note += 2) {
        pairs.take(edge + (notes[note] as number), notes[note + 1] as number);
      }
      this.takeMarks(chunk.byteOffset, edge, count);
      edge += count;
      at = kernel.stoppedAt;
    }
    this.taken = edge - first;
    return at;
  }

  private takeMarks(byteOffset: number, first: number, count: number): void {
    const { kernel, marks } = this;
    const from = Math.ceil(first / EDGES_PER_MARK);
    const to = Math.ceil((first + count) / EDGES_PER_MARK);
    for (let mark = from; mark < to; mark++) {
      marks[mark] = byteOffset + kernel.indexOf(kernel.marks[mark - from] as number);
    }
  }

  takeOne(record: Float64Array, edge: number, byteOffset: number): void {
    const { at, nodeLength } = this;
    const place = record[at.to] as number;
    const to = place / nodeLength;
    const type = this.types[record[at.type] as number];
    if (to >= this.nodeCount || !Number.isInteger(to)) {
      throw snapshotFormatError('an edge that leads to a node', byteOffset, `to_node ${place}`);
    }
    if (type === undefined) {
      const seen = `type ${record[at.type]}`;
      throw snapshotFormatError('one of the edge types that the header lists', byteOffset, seen);
    }
    if (edge % EDGES_PER_MARK === 0) this.marks[edge / EDGES_PER_MARK] = byteOffset;
    if (type === INTERNAL_EDGE) this.pairs.take(edge, record[at.name] as number);
    this.edges[edge] = edgeWord(type, to);
  }
}
