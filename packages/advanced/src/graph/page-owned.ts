import { BitSet } from './bit-set.js';
import { ELEMENT_EDGE, SHORTCUT_EDGE, TARGET_MASK, typeOfEdgeWord, WEAK_EDGE } from './edge-word.js';
import type { HeapColumns } from './heap-columns.js';

/**
 * All that can be reached from the program's globals without weak edges: the root's shortcuts, and in Chrome the DOM
 * trees of documents.
 */
export function findPageOwned({ nodes, edges }: HeapColumns, root: number, domTrees: number | null): BitSet {
  const { firstEdges } = nodes;
  const owned = new BitSet(nodes.count);
  const queue = new Int32Array(nodes.count);
  let length = 0;
  const last = firstEdges[root + 1] as number;
  for (let edge = firstEdges[root] as number; edge < last; edge++) {
    const word = edges[edge] as number;
    const to = word & TARGET_MASK;
    const type = typeOfEdgeWord(word);
    const isEntry = type === SHORTCUT_EDGE || (type === ELEMENT_EDGE && to === domTrees);
    if (!isEntry || owned.has(to)) continue;
    owned.add(to);
    queue[length++] = to;
  }
  while (length > 0) {
    const from = queue[--length] as number;
    const end = firstEdges[from + 1] as number;
    for (let edge = firstEdges[from] as number; edge < end; edge++) {
      const word = edges[edge] as number;
      const to = word & TARGET_MASK;
      if (typeOfEdgeWord(word) === WEAK_EDGE || owned.has(to)) continue;
      owned.add(to);
      queue[length++] = to;
    }
  }
  return owned;
}
