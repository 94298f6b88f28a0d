import type { BitSet } from './bit-set.js';
import { NON_ESSENTIAL, SHORTCUT_EDGE, TARGET_MASK, WEAK_EDGE } from './edge-word.js';
import type { HeapColumns } from './heap-columns.js';

/**
 * Which edges retain: Chrome DevTools' rules, so that sizes agree with what people see there. An edge does not when it
 *
 * 1. is weak: the collector does not follow it;
 * 2. leads to its own node: nothing is dominated by itself;
 * 3. is a shortcut, unless from the root: V8 writes it beside the real path (a bound function's target). The root's
 *    shortcuts are the globals of the program;
 * 4. leads from outside the page into what the page owns, unless from the root. The page is all that can be reached
 *    from the program's globals; what else holds it from outside (handles of a debugger, V8's caches) would lift
 *    dominators to the root;
 * 5. is the table's half of a WeakMap entry: V8 writes the value under the key and under the table, and the end of
 *    either frees it. The key says more. These edges are marked before all others (see weak-map-pairs.ts).
 *
 * A node that no essential edge leads to hangs under the root, with all that only it holds. Nodes that are held only by
 * each other hang under the root too, each for itself.
 */
function isEssentialEdge(
  word: number,
  { from, root, page }: { from: number; root: number; page: BitSet },
): boolean {
  if (word < 0) return false;
  const type = word >>> 28;
  const to = word & TARGET_MASK;
  if (type === WEAK_EDGE || to === from) return false;
  if (from === root) return true;
  return type !== SHORTCUT_EDGE && (page.has(from) || !page.has(to));
}

/** Marks every edge that does not retain, in its sign bit: one sequential pass. */
export function markNonEssentialEdges({ nodes, edges }: HeapColumns, root: number, page: BitSet): void {
  const { count, firstEdges } = nodes;
  for (let from = 0; from < count; from++) {
    const end = firstEdges[from + 1] as number;
    const isPage = from === root || page.has(from);
    for (let edge = firstEdges[from] as number; edge < end; edge++) {
      const word = edges[edge] as number;
      const type = word >>> 28;
      if (
        type < SHORTCUT_EDGE &&
        (word & TARGET_MASK) !== from &&
        (isPage || !page.has(word & TARGET_MASK))
      ) {
        continue;
      }
      if (!isEssentialEdge(word, { from, root, page })) edges[edge] = word | NON_ESSENTIAL;
    }
  }
}
