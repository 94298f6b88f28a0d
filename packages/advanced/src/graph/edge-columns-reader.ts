import { COMMA, LINE_FEED } from '../snapshot/json-bytes.js';
import { RecordArrayReader, type RecordTaker } from '../snapshot/record-array-reader.js';
import { type SnapshotChunk, snapshotFormatError } from '../snapshot/snapshot-format-error.js';
import { edgeFieldOffset, type SnapshotLayout } from '../snapshot/snapshot-layout.js';
import { EDGES_PER_MARK } from './edge-names.js';
import { edgeTypeNumber, edgeWord, INTERNAL_EDGE } from './edge-word.js';
import type { WeakMapPairs } from './weak-map-pairs.js';

const ZERO = 0x30;
const MOST_DIGITS = 9;
/** Three numbers with their commas, and a line feed. */
const MOST_RECORD_BYTES = 3 * (MOST_DIGITS + 1) + 1;

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
): { reader: RecordArrayReader; columns: EdgeColumns } {
  const taker = new EdgeTaker(layout, pairs);
  return { reader: new RecordArrayReader(taker), columns: taker };
}

class EdgeTaker implements RecordTaker, EdgeColumns {
  readonly recordLength: number;
  readonly mostRecords: number;
  readonly edges: Int32Array;
  readonly marks: Float64Array;
  taken = 0;
  private readonly pairs: WeakMapPairs;
  private readonly types: Int32Array;
  private readonly nodeLength: number;
  private readonly nodeCount: number;
  private readonly at: { readonly type: number; readonly name: number; readonly to: number };
  private readonly hasUsualFields: boolean;

  constructor(layout: SnapshotLayout, pairs: WeakMapPairs) {
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
    this.hasUsualFields = layout.edgeFields.join() === 'type,name_or_index,to_node';
  }

  /** For one digit of type, and up to nine digits each of the name and the node: all of 142 million nodes. */
  takeMany({ bytes, byteOffset }: SnapshotChunk, from: number, first: number): number {
    this.taken = 0;
    if (!this.hasUsualFields) return from;
    const { edges, types, pairs, nodeLength, nodeCount, marks } = this;
    const lastStart = bytes.length - MOST_RECORD_BYTES;
    const lastEdge = this.mostRecords;
    const perPlace = 1 / nodeLength;
    let at = from;
    let edge = first;
    while (at < lastStart && edge < lastEdge) {
      const type = types[(bytes[at] as number) - ZERO];
      if (type === undefined || bytes[at + 1] !== COMMA) break;
      let next = at + 2;
      let mostEnd = next + MOST_DIGITS;
      let name = ((bytes[next] as number) - ZERO) | 0;
      if (name >>> 0 > 9) break;
      let digit = ((bytes[++next] as number) - ZERO) | 0;
      while (digit >>> 0 <= 9 && next < mostEnd) {
        name = (Math.imul(name, 10) + digit) | 0;
        digit = ((bytes[++next] as number) - ZERO) | 0;
      }
      if (digit !== COMMA - ZERO) break;
      mostEnd = ++next + MOST_DIGITS;
      let place = ((bytes[next] as number) - ZERO) | 0;
      if (place >>> 0 > 9) break;
      digit = ((bytes[++next] as number) - ZERO) | 0;
      while (digit >>> 0 <= 9 && next < mostEnd) {
        place = (Math.imul(place, 10) + digit) | 0;
        digit = ((bytes[++next] as number) - ZERO) | 0;
      }
      if (digit === LINE_FEED - ZERO) digit = ((bytes[++next] as number) - ZERO) | 0;
      if (digit !== COMMA - ZERO) break;
      // A product and not a quotient: integer division is the dearest instruction here, and the check proves it.
      const to = (place * perPlace + 0.5) | 0;
      if (Math.imul(to, nodeLength) !== place || to >= nodeCount) break;
      if ((edge & (EDGES_PER_MARK - 1)) === 0) marks[(edge / EDGES_PER_MARK) | 0] = byteOffset + at;
      if (type === INTERNAL_EDGE) pairs.take(edge, name);
      edges[edge++] = edgeWord(type, to);
      at = next + 1;
    }
    this.taken = edge - first;
    return at;
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
