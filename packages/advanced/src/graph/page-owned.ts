import { BitSet } from './bit-set.js';
import { TARGET_MASK, typeOfEdgeWord, WEAK_EDGE } from './edge-word.js';
import type { Graph } from './heap-columns.js';

/** What a walk along retaining edges from the program's globals found, and where it stopped. */
export interface PageWalk {
  readonly visited: BitSet;
  readonly root: number;
  /** Reached only by edges that do not retain and are not weak (shortcuts, tables' halves of WeakMap entries). */
  readonly pending: readonly number[];
}

/**
 * All that can be reached from the program's globals without weak edges (Chrome: and from the DOM trees of documents).
 * Nearly all of it was found by the walk along retaining edges, which is needed anyway; this adds the rest.
 */
export function completePage({ nodes, edges }: Graph, { visited, root, pending }: PageWalk): BitSet {
  const page = new BitSet(nodes.count);
  page.addAll(visited);
  page.delete(root);
  const stack: number[] = [];
  const enter = (node: number) => {
    if (page.has(node)) return;
    page.add(node);
    stack.push(node);
  };
  pending.forEach(enter);
  for (let from = stack.pop(); from !== undefined; from = stack.pop()) {
    const end = nodes.firstEdges[from + 1] as number;
    for (let edge = nodes.firstEdges[from] as number; edge < end; edge++) {
      const word = edges[edge] as number;
      if (typeOfEdgeWord(word) !== WEAK_EDGE) enter(word & TARGET_MASK);
    }
  }
  return page;
}
