import { RecordArrayReader, type RecordTaker } from '../snapshot/record-array-reader.js';
import { type SnapshotChunk, snapshotFormatError } from '../snapshot/snapshot-format-error.js';
import type { SnapshotKernel } from '../snapshot/snapshot-kernel.js';
import { nodeFieldOffset, type SnapshotLayout } from '../snapshot/snapshot-layout.js';
import type { RecordReader } from '../snapshot/value-reader.js';
import type { NodeColumns } from './heap-columns.js';
import { SizeColumn } from './size-column.js';

const WRAP = 2 ** 32;

/** The reader of the nodes, and the columns that it fills. */
export function startNodeColumns(
  layout: SnapshotLayout,
  kernel: SnapshotKernel,
): { reader: RecordReader; columns: NodeColumns } {
  const taker = new NodeTaker(layout, kernel);
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
  private readonly kernel: SnapshotKernel;
  private edge = 0;

  constructor(layout: SnapshotLayout, kernel: SnapshotKernel) {
    this.kernel = kernel;
    const { nodeCount } = layout;
    this.recordLength = layout.nodeLength;
    this.mostRecords = nodeCount;
    this.typeCount = layout.nodeTypes.length;
    this.at = fieldOffsets(layout);
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

  takeMany(chunk: SnapshotChunk, from: number, first: number): number {
    const { kernel, recordLength: length } = this;
    let at = from;
    let node = first;
    let count = 0;
    do {
      count = kernel.takeRecords(chunk, at, { length, most: this.mostRecords - node });
      const known = this.takeColumns(node, count);
      if (known < count) {
        // Once more, and no further: the error is to name its byte.
        kernel.takeRecords(chunk, at, { length, most: known });
        count = 0;
      }
      at = kernel.stoppedAt;
      node += known;
    } while (count > 0);
    this.taken = node - first;
    return at;
  }

  /** What the kernel has read. Returns how many records there are before the first one of an unknown type. */
  private takeColumns(first: number, count: number): number {
    const { columns, at, typeCount, detachedness } = this;
    const column = (field: number) => this.kernel.column(field, this.recordLength);
    const [types, edgeCounts] = [column(at.type), column(at.edgeCount)];
    const states = at.detachedness < 0 ? null : column(at.detachedness);
    const ownTypes = columns.types.subarray(first, first + count);
    const nextEdges = columns.firstEdges.subarray(first + 1, first + 1 + count);
    let { edge } = this;
    let known = 0;
    for (; known < count; known++) {
      const type = types[known] as number;
      if (type >= typeCount) break;
      ownTypes[known] = type;
      edge = (edge + (edgeCounts[known] as number)) | 0;
      nextEdges[known] = edge;
    }
    for (let index = 0; states !== null && index < known; index++) {
      if (states[index] !== 0) detachedness.set(first + index, states[index] as number);
    }
    this.edge = edge;
    columns.names.set(column(at.name).subarray(0, known), first);
    columns.ids.set(column(at.id).subarray(0, known), first);
    columns.sizes.low.set(column(at.size).subarray(0, known), first);
    return known;
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
