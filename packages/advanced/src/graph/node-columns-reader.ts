import { NumberArrayReader } from '../snapshot/number-array-reader.js';
import { snapshotFormatError } from '../snapshot/snapshot-format-error.js';
import { nodeFieldOffset, type SnapshotLayout } from '../snapshot/snapshot-layout.js';
import type { RecordReader } from '../snapshot/value-reader.js';
import type { NodeColumns } from './heap-columns.js';
import { SizeColumn } from './size-column.js';

const WRAP = 2 ** 32;

/** The reader of the nodes, and the columns that it fills. */
export function startNodeColumns(layout: SnapshotLayout): { reader: RecordReader; columns: NodeColumns } {
  const count = layout.nodeCount;
  const detachedness = new Map<number, number>();
  const columns = {
    count,
    types: new Uint8Array(count),
    names: new Uint32Array(count),
    ids: new Uint32Array(count),
    sizes: new SizeColumn(new Uint32Array(count)),
    firstEdges: new Int32Array(count + 1),
    detachedness,
  };
  const { types, names, ids, sizes, firstEdges } = columns;
  const at = {
    type: nodeFieldOffset(layout, 'type'),
    name: nodeFieldOffset(layout, 'name'),
    id: nodeFieldOffset(layout, 'id'),
    size: nodeFieldOffset(layout, 'self_size'),
    edgeCount: nodeFieldOffset(layout, 'edge_count'),
    detachedness: layout.nodeFields.indexOf('detachedness'),
  };
  const recordLength = layout.nodeLength;
  let node = 0;
  let edge = 0;
  const take = (numbers: Float64Array, length: number) => {
    checkRoom('nodes', node + length / recordLength, count);
    for (let from = 0; from < length; from += recordLength) {
      const type = numbers[from + at.type] as number;
      const size = numbers[from + at.size] as number;
      if (type >= layout.nodeTypes.length) throw unknownType(type);
      types[node] = type;
      names[node] = numbers[from + at.name] as number;
      ids[node] = numbers[from + at.id] as number;
      sizes.low[node] = size;
      if (size >= WRAP) sizes.set(node, size);
      firstEdges[node] = edge;
      edge += numbers[from + at.edgeCount] as number;
      if (at.detachedness >= 0 && numbers[from + at.detachedness] !== 0) {
        detachedness.set(node, numbers[from + at.detachedness] as number);
      }
      node++;
    }
    firstEdges[node] = edge;
    if (edge > layout.edgeCount) throw tooManyEdges(layout.edgeCount);
  };
  return { reader: new NumberArrayReader(recordLength, take), columns };
}

/** The header's counts size every column: more records than promised must not be written past the end. */
export function checkRoom(section: string, needed: number, promised: number): void {
  if (needed > promised) {
    throw snapshotFormatError(`${promised} ${section}, as the header promises`, null, 'more of them');
  }
}

function tooManyEdges(promised: number): Error {
  return snapshotFormatError(`nodes with ${promised} edges together, as the header promises`, null, 'more');
}

function unknownType(type: number): Error {
  return snapshotFormatError('the node types that the header lists in "nodes"', null, `type ${type}`);
}
