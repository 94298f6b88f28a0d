import type { SnapshotLayout } from '../snapshot/snapshot-layout.js';
import type { SizeColumn } from './size-column.js';

/** The nodes of a snapshot, a column per field: 17 bytes per node. A node is its place in the file, from 0 on. */
export interface NodeColumns {
  readonly count: number;
  /** Index into {@link SnapshotLayout.nodeTypes}. */
  readonly types: Uint8Array;
  /** Index into the strings. */
  readonly names: Uint32Array;
  readonly ids: Uint32Array;
  readonly sizes: SizeColumn;
  /** Of node n: its edges are `firstEdges[n]` to `firstEdges[n + 1] - 1`. One longer than the others. */
  readonly firstEdges: Int32Array;
  /** 0 unknown, 1 attached, 2 detached, of those nodes (Chrome's DOM) of which V8 says it. */
  readonly detachedness: ReadonlyMap<number, number>;
}

/** What the snapshot says, before anything is made of it. */
export interface HeapColumns {
  readonly layout: SnapshotLayout;
  readonly nodes: NodeColumns;
  /** An {@link edgeWord} per edge, in the order of the file. */
  readonly edges: Int32Array;
}

/** The shape of the heap, for the steps that do not ask what its objects are. */
export type Graph = Pick<HeapColumns, 'nodes' | 'edges'>;
