import { COMMA, LINE_FEED } from '../snapshot/json-bytes.js';
import { RecordArrayReader, type RecordTaker } from '../snapshot/record-array-reader.js';
import { type SnapshotChunk, snapshotFormatError } from '../snapshot/snapshot-format-error.js';
import { nodeFieldOffset, type SnapshotLayout } from '../snapshot/snapshot-layout.js';
import type { RecordReader } from '../snapshot/value-reader.js';
import type { NodeColumns } from './heap-columns.js';
import { SizeColumn } from './size-column.js';

const ZERO = 0x30;
const WRAP = 2 ** 32;
/** So many digits always fit into 32 bits; longer numbers take the slow road. */
const MOST_DIGITS = 9;
/** A number with its comma and line feed. */
const MOST_NUMBER_BYTES = MOST_DIGITS + 2;

/** The reader of the nodes, and the columns that it fills. */
export function startNodeColumns(layout: SnapshotLayout): { reader: RecordReader; columns: NodeColumns } {
  const taker = new NodeTaker(layout);
  return { reader: new RecordArrayReader(taker), columns: taker.columns };
}

class NodeTaker implements RecordTaker {
  readonly recordLength: number;
  readonly mostRecords: number;
  readonly columns: NodeColumns;
  taken = 0;
  private readonly detachedness = new Map<number, number>();
  private readonly typeCount: number;
  private readonly at: FieldOffsets;
  private readonly record: Float64Array;
  private edge = 0;

  constructor(layout: SnapshotLayout) {
    const { nodeCount } = layout;
    this.recordLength = layout.nodeLength;
    this.mostRecords = nodeCount;
    this.typeCount = layout.nodeTypes.length;
    this.at = fieldOffsets(layout);
    this.record = new Float64Array(layout.nodeLength);
    this.columns = {
      count: nodeCount,
      types: new Uint8Array(nodeCount),
      names: new Uint32Array(nodeCount),
      ids: new Uint32Array(nodeCount),
      sizes: new SizeColumn(new Uint32Array(nodeCount)),
      firstEdges: new Int32Array(nodeCount + 1),
      detachedness: this.detachedness,
    };
  }

  takeMany({ bytes, byteOffset }: SnapshotChunk, from: number, first: number): number {
    const { recordLength, record } = this;
    const lastStart = bytes.length - recordLength * MOST_NUMBER_BYTES;
    const room = this.mostRecords - first;
    let at = from;
    let taken = 0;
    records: while (at < lastStart && taken < room) {
      let next = at;
      for (let field = 0; field < recordLength; field++) {
        let value = ((bytes[next] as number) - ZERO) | 0;
        if (value >>> 0 > 9) break records;
        const mostEnd = next + MOST_DIGITS;
        let digit = ((bytes[++next] as number) - ZERO) | 0;
        while (digit >>> 0 <= 9 && next < mostEnd) {
          // Small integers only: one number beyond them, and V8 computes all of them as doubles (Node 20: −15 %).
          value = (Math.imul(value, 10) + digit) | 0;
          digit = ((bytes[++next] as number) - ZERO) | 0;
        }
        if (digit === LINE_FEED - ZERO) digit = ((bytes[++next] as number) - ZERO) | 0;
        if (digit !== COMMA - ZERO) break records;
        next++;
        record[field] = value;
      }
      this.takeOne(record, first + taken, byteOffset + at);
      taken++;
      at = next;
    }
    this.taken = taken;
    return at;
  }

  takeOne(record: Float64Array, node: number, byteOffset: number): void {
    const { columns, at } = this;
    const type = record[at.type] as number;
    const size = record[at.size] as number;
    if (type >= this.typeCount) {
      throw snapshotFormatError('one of the node types that the header lists', byteOffset, `type ${type}`);
    }
    columns.types[node] = type;
    columns.names[node] = record[at.name] as number;
    columns.ids[node] = record[at.id] as number;
    columns.sizes.low[node] = size;
    if (size >= WRAP) columns.sizes.set(node, size);
    this.edge += record[at.edgeCount] as number;
    columns.firstEdges[node + 1] = this.edge;
    if (at.detachedness >= 0 && record[at.detachedness] !== 0) {
      this.detachedness.set(node, record[at.detachedness] as number);
    }
  }
}

interface FieldOffsets {
  readonly type: number;
  readonly name: number;
  readonly id: number;
  readonly size: number;
  readonly edgeCount: number;
  /** -1 in snapshots of older V8. */
  readonly detachedness: number;
}

function fieldOffsets(layout: SnapshotLayout): FieldOffsets {
  return {
    type: nodeFieldOffset(layout, 'type'),
    name: nodeFieldOffset(layout, 'name'),
    id: nodeFieldOffset(layout, 'id'),
    size: nodeFieldOffset(layout, 'self_size'),
    edgeCount: nodeFieldOffset(layout, 'edge_count'),
    detachedness: layout.nodeFields.indexOf('detachedness'),
  };
}
