import type { BitSet } from './bit-set.js';
import { RETAINING_BELOW, TARGET_MASK, typeOfEdgeWord, WEAK_EDGE } from './edge-word.js';

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
 *    either frees it. The key says more. These edges are marked when the strings are known (see weak-map-pairs.ts).
 *
 * A node that no essential edge leads to hangs under the root, with all that only it holds. Nodes that are held only by
 * each other hang under the root too, each for itself.
 *
 * The two loops over all edges (depth-first-order.ts, predecessors.ts) say the same in place: types are numbered so that
 * 1, 3 and 5 are one comparison.
 */
export function isEssentialEdge(
  word: number,
  { from, root, page }: { readonly from: number; readonly root: number; readonly page: BitSet },
): boolean {
  const to = word & TARGET_MASK;
  if (to === from) return false;
  if (from === root) return isEssentialRootEdge(word, root);
  return word >>> 0 < RETAINING_BELOW && (page.has(from) || !page.has(to));
}

/** The same for an edge from the root. */
export function isEssentialRootEdge(word: number, root: number): boolean {
  return word >= 0 && typeOfEdgeWord(word) !== WEAK_EDGE && (word & TARGET_MASK) !== root;
}
