import { NumberArrayReader } from '../snapshot/number-array-reader.js';
import { snapshotFormatError } from '../snapshot/snapshot-format-error.js';
import { edgeFieldOffset, type SnapshotLayout } from '../snapshot/snapshot-layout.js';
import type { RecordReader } from '../snapshot/value-reader.js';
import { edgeTypeNumber, edgeWord, INTERNAL_EDGE } from './edge-word.js';
import { checkRoom } from './node-columns-reader.js';
import type { WeakMapPairs } from './weak-map-pairs.js';

/** The reader of the edges, and the columns that it fills. */
export function startEdgeColumns(
  layout: SnapshotLayout,
  pairs: WeakMapPairs,
): { reader: RecordReader; edges: Int32Array; names: Uint32Array } {
  const edges = new Int32Array(layout.edgeCount);
  const names = new Uint32Array(layout.edgeCount);
  const typeNumbers = Uint8Array.from(layout.edgeTypes, edgeTypeNumber);
  const at = {
    type: edgeFieldOffset(layout, 'type'),
    name: edgeFieldOffset(layout, 'name_or_index'),
    to: edgeFieldOffset(layout, 'to_node'),
  };
  const { edgeLength, nodeLength, nodeCount } = layout;
  let edge = 0;
  const take = (numbers: Float64Array, length: number) => {
    checkRoom('edges', edge + length / edgeLength, layout.edgeCount);
    for (let from = 0; from < length; from += edgeLength) {
      const to = (numbers[from + at.to] as number) / nodeLength;
      const type = typeNumbers[numbers[from + at.type] as number];
      if (to >= nodeCount || !Number.isInteger(to)) throw noNode(numbers[from + at.to] as number);
      if (type === undefined) throw unknownType(numbers[from + at.type] as number);
      const name = numbers[from + at.name] as number;
      if (type === INTERNAL_EDGE) pairs.take(edge, name);
      edges[edge] = edgeWord(type, to);
      names[edge] = name;
      edge++;
    }
  };
  return { reader: new NumberArrayReader(edgeLength, take), edges, names };
}

function noNode(seen: number): Error {
  return snapshotFormatError('edges that lead to nodes', null, `to_node ${seen}`);
}

function unknownType(type: number): Error {
  return snapshotFormatError('the edge types that the header lists in "edges"', null, `type ${type}`);
}
