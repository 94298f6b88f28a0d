import { RecordArrayReader, type RecordTaker } from '../snapshot/record-array-reader.js';
import { type SnapshotChunk, snapshotFormatError } from '../snapshot/snapshot-format-error.js';
import type { SnapshotKernel } from '../snapshot/snapshot-kernel.js';
import { nodeFieldOffset, type SnapshotLayout } from '../snapshot/snapshot-layout.js';
import type { RecordReader } from '../snapshot/value-reader.js';
import type { NodeColumns } from './heap-columns.js';
import { SizeColumn } from './size-column.js';

const WRAP = 2 ** 32;
/** What V8's records have begun with in all versions so far, and what the kernel's loop takes; detachedness is last. */
const USUAL_FIELDS = 'type,name,id,self_size,edge_count,';

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
  private readonly hasUsualFields: boolean;
  private edge = 0;

  constructor(layout: SnapshotLayout, kernel: SnapshotKernel) {
    this.kernel = kernel;
    const { nodeCount } = layout;
    this.recordLength = layout.nodeLength;
    this.mostRecords = nodeCount;
    this.typeCount = layout.nodeTypes.length;
    this.at = fieldOffsets(layout);
    const { nodeFields } = layout;
    this.hasUsualFields = nodeFields.join().startsWith(USUAL_FIELDS) && nodeFields.at(-1) === 'detachedness';
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
    this.taken = 0;
    if (!this.hasUsualFields) return from;
    const { kernel, recordLength: fields, typeCount: types } = this;
    let at = from;
    let node = first;
    for (;;) {
      const most = this.mostRecords - node;
      const count = kernel.takeNodes(chunk, at, { fields, types, edge: this.edge, most });
      if (count === 0) break;
      this.takeColumns(node, count);
      at = kernel.stoppedAt;
      node += count;
    }
    this.taken = node - first;
    return at;
  }

  /** What the kernel has read. */
  private takeColumns(first: number, count: number): void {
    const { columns, detachedness } = this;
    const { kinds, names, ids, sizes, nextEdges, states } = this.kernel.nodes;
    columns.types.set(kinds.subarray(0, count), first);
    columns.names.set(names.subarray(0, count), first);
    columns.ids.set(ids.subarray(0, count), first);
    columns.sizes.low.set(sizes.subarray(0, count), first);
    columns.firstEdges.set(nextEdges.subarray(0, count), first + 1);
    this.edge = nextEdges[count - 1] as number;
    for (let note = 0; note < this.kernel.noteCount; note += 2) {
      detachedness.set(first + (states[note] as number), states[note + 1] as number);
    }
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
