import type { NodeKind } from '../snapshot/node-naming.js';
import type { DominatedLists } from './dominated-lists.js';
import type { DominatorTree } from './dominator-tree.js';
import type { NodeColumns } from './heap-columns.js';
import type { NodeClasses } from './node-classes.js';
import type { Scratch } from './scratch.js';
import type { SizeColumn } from './size-column.js';

/** All objects of one class. */
export interface ClassRow {
  readonly kind: NodeKind | 'synthetic';
  /** As in the histogram. */
  readonly name: string;
  readonly count: number;
  /** Shallow sizes, added up. */
  readonly shallowBytes: number;
  /** The same with storage counted to the object that owns it, as Chrome DevTools shows it. */
  readonly ownedBytes: number;
  /** What would be freed with all of them; objects that one of the same class retains are not counted again. */
  readonly retainedBytes: number;
}

/** What {@link sumClasses} goes through. */
export interface ClassSources {
  readonly nodes: NodeColumns;
  readonly classes: NodeClasses;
  readonly owned: SizeColumn;
  readonly tree: DominatorTree;
  readonly children: DominatedLists;
  readonly root: number;
  readonly scratch: Scratch;
}

/** The rows, by retained bytes, the largest first. One walk down the tree of dominators. */
export function sumClasses(sources: ClassSources): ClassRow[] {
  const { nodes, classes, owned } = sources;
  const { rows, rowOf } = classes;
  const counts = new Float64Array(rows.length);
  const shallow = new Float64Array(rows.length);
  const ownedSums = new Float64Array(rows.length);
  for (let node = 0; node < nodes.count; node++) {
    const row = rowOf[node] as number;
    counts[row] = (counts[row] as number) + 1;
    shallow[row] = (shallow[row] as number) + nodes.sizes.get(node);
    ownedSums[row] = (ownedSums[row] as number) + owned.get(node);
  }
  const retained = sumRetained(sources);
  return rows
    .map((row, index) => ({
      ...row,
      count: counts[index] as number,
      shallowBytes: shallow[index] as number,
      ownedBytes: ownedSums[index] as number,
      retainedBytes: retained[index] as number,
    }))
    .filter(({ count }) => count > 0) // types that V8 has and this heap has not
    .sort((a, b) => b.retainedBytes - a.retainedBytes || (a.name < b.name ? -1 : 1));
}

/** A node counts unless a node of its class is above it: as the walk goes down, it keeps count of the classes it is in. */
function sumRetained({ classes, tree, children, root, scratch }: ClassSources): Float64Array {
  const { rows, rowOf } = classes;
  const { starts, list } = children;
  const sums = new Float64Array(rows.length);
  const open = new Int32Array(rows.length);
  const path = scratch.take();
  const nextChild = scratch.take();
  let depth = 0;
  const enter = (node: number) => {
    const row = rowOf[node] as number;
    if (open[row] === 0) sums[row] = (sums[row] as number) + tree.retained.get(node);
    open[row] = (open[row] as number) + 1;
    path[depth] = node;
    nextChild[depth++] = starts[node] as number;
  };
  enter(root);
  while (depth > 0) {
    const node = path[depth - 1] as number;
    const next = nextChild[depth - 1] as number;
    if (next < (starts[node + 1] as number)) {
      nextChild[depth - 1] = next + 1;
      enter(list[next] as number);
    } else {
      const row = rowOf[node] as number;
      open[row] = (open[row] as number) - 1;
      depth--;
    }
  }
  scratch.give(path, nextChild);
  return sums;
}
