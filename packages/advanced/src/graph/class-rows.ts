import type { NodeKind } from '../snapshot/node-naming.js';
import type { DominatedLists } from './dominated-lists.js';
import type { DominatorTree } from './dominator-tree.js';
import type { NodeColumns } from './heap-columns.js';
import type { NodeClasses } from './node-classes.js';
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

/**
 * A node counts unless a node of its class is above it: as the walk goes down, it keeps count of the classes it is in. The
 * tree itself says how to go on, so that no stack is needed.
 */
function sumRetained({ classes, tree, children, root }: ClassSources): Float64Array {
  const { rows, rowOf } = classes;
  const { first, next } = children;
  const { dominators, retained } = tree;
  const sums = new Float64Array(rows.length);
  const open = new Int32Array(rows.length);
  let node = root;
  for (;;) {
    const row = rowOf[node] as number;
    const above = open[row] as number;
    if (above === 0) sums[row] = (sums[row] as number) + retained.get(node);
    const child = first[node] as number;
    if (child >= 0) {
      open[row] = above + 1;
      node = child;
      continue;
    }
    while (node !== root && (next[node] as number) < 0) {
      node = dominators[node] as number;
      const left = rowOf[node] as number;
      open[left] = (open[left] as number) - 1;
    }
    if (node === root) return sums;
    node = next[node] as number;
  }
}
