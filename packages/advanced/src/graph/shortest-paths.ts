import { BitSet } from './bit-set.js';
import { INTERNAL_EDGE, TARGET_MASK, typeOfEdgeWord, WEAK_EDGE } from './edge-word.js';
import type { Graph } from './heap-columns.js';
import type { Scratch } from './scratch.js';
import type { WeakMapPairs } from './weak-map-pairs.js';

/** Distance of what only the root's own system objects reach, as Chrome DevTools counts it. */
const SYSTEM_DISTANCE = 100_000_000;
const NONE = -1;

/** The shortest way to each node, the program's globals first. */
export interface ShortestPaths {
  /** Edges from a global of the program, which has 1; from 100,000,000 on for the rest; -1 for unreached. */
  readonly distances: Int32Array;
  /** The edge by which the walk came, -1 for the root and for what it did not reach. Null unless asked for. */
  readonly parentEdges: Int32Array | null;
}

/** What the walk must know beside the graph. */
export interface WalkRules {
  readonly root: number;
  /** True for the root's children that are the program's own. */
  readonly isUserRoot: (node: number) => boolean;
  readonly pairs: WeakMapPairs;
  /** Nodes some of whose edges are not followed, and which of them. */
  readonly misleading: {
    readonly nodes: BitSet;
    readonly isMisleading: (from: number, edge: number) => boolean;
  };
}

/** Breadth first, weak edges left out: from the program's globals, and then from the root to what is left. */
export function findShortestPaths(
  { nodes, edges }: Graph,
  { root, isUserRoot, pairs, misleading }: WalkRules,
  { scratch, withParents }: { readonly scratch: Scratch; readonly withParents: boolean },
): ShortestPaths {
  const { firstEdges } = nodes;
  const distances = scratch.take().fill(NONE);
  const parentEdges = withParents ? scratch.take().fill(NONE) : null;
  const queue = scratch.take();
  const seen = new BitSet(nodes.count);
  const seenWords = seen.words;
  const halfSeen = new Set<string>();
  let length = 0;

  /** A WeakMap's value is as far as the farther of its table and its key: the second half that is met counts. */
  const isFirstHalf = (edge: number): boolean => {
    const entry = pairs.entryOf(edge);
    if (entry === null || halfSeen.delete(entry)) return false;
    halfSeen.add(entry);
    return true;
  };
  const drain = () => {
    for (let at = 0; at < length; at++) {
      const from = queue[at] as number;
      const distance = (distances[from] as number) + 1;
      const end = firstEdges[from + 1] as number;
      const isOdd = misleading.nodes.has(from);
      for (let edge = firstEdges[from] as number; edge < end; edge++) {
        const word = edges[edge] as number;
        const to = word & TARGET_MASK;
        const bit = 1 << (to & 31);
        if (((seenWords[to >>> 5] as number) & bit) !== 0) continue;
        const type = typeOfEdgeWord(word);
        if (type === WEAK_EDGE || (isOdd && misleading.isMisleading(from, edge))) continue;
        if (type === INTERNAL_EDGE && pairs.isValue(to) && isFirstHalf(edge)) continue;
        seenWords[to >>> 5] = (seenWords[to >>> 5] as number) | bit;
        distances[to] = distance;
        if (parentEdges !== null) parentEdges[to] = edge;
        queue[length++] = to;
      }
    }
  };

  const last = firstEdges[root + 1] as number;
  for (let edge = firstEdges[root] as number; edge < last; edge++) {
    const to = (edges[edge] as number) & TARGET_MASK;
    if (seen.has(to) || !isUserRoot(to)) continue;
    seen.add(to);
    distances[to] = 1;
    if (parentEdges !== null) parentEdges[to] = edge;
    queue[length++] = to;
  }
  const hasUserRoots = length > 0;
  drain();
  seen.add(root);
  distances[root] = hasUserRoots ? SYSTEM_DISTANCE : 0;
  if (parentEdges !== null) parentEdges[root] = NONE;
  queue[0] = root;
  length = 1;
  drain();
  scratch.give(queue);
  return { distances, parentEdges };
}
