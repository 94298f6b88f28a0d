import type { Scratch } from './scratch.js';

const NONE = -1;

/**
 * The children of each node in the tree of dominators, ascending: its first one, and of each node the next one of the same
 * parent; -1 for none. Links and not lists: one trip to memory per node instead of two, and half of the time to make.
 */
export interface DominatedLists {
  readonly first: Int32Array;
  readonly next: Int32Array;
}

/** Eight bytes per node. The root is nobody's child. */
export function listDominated(dominators: Int32Array, root: number, scratch: Scratch): DominatedLists {
  const first = scratch.take().fill(NONE);
  const next = scratch.take();
  for (let node = dominators.length - 1; node >= 0; node--) {
    if (node === root) continue;
    const dominator = dominators[node] as number;
    next[node] = first[dominator] as number;
    first[dominator] = node;
  }
  next[root] = NONE;
  return { first, next };
}

/** The children of one node. */
export function childrenOf({ first, next }: DominatedLists, node: number): number[] {
  const children: number[] = [];
  for (let child = first[node] as number; child !== NONE; child = next[child] as number) children.push(child);
  return children;
}
