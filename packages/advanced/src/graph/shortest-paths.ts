import { INTERNAL_EDGE, TARGET_MASK, typeOfEdgeWord, WEAK_EDGE } from './edge-word.js';
import type { Graph } from './heap-columns.js';
import { pairOf, type WeakMapPairs } from './weak-map-pairs.js';

/** Distance of what only the root's own system objects reach, as Chrome DevTools counts it. */
const SYSTEM_DISTANCE = 100_000_000;
const NONE = -1;

/** The shortest way to each node, the program's globals first. */
export interface ShortestPaths {
  /** Edges from a global of the program, which has 1; from {@link SYSTEM_DISTANCE} on for the rest; -1 for unreached. */
  readonly distances: Int32Array;
  /** The edge by which the walk came; -1 for the root and for what it did not reach. */
  readonly parentEdges: Int32Array;
}

/** What the walk must know beside the graph. */
export interface WalkRules {
  readonly root: number;
  /** True for the root's children that are the program's own. */
  readonly isUserRoot: (node: number) => boolean;
  readonly pairs: WeakMapPairs;
  readonly edgeName: (edge: number) => string;
  /** Edges that DevTools does not follow because they name no real path; see {@link HeapGraph}. */
  readonly isMisleading: ((from: number) => ((edge: number) => boolean) | null) | null;
}

/** Breadth first, weak edges left out: from the program's globals, and then from the root to what is left. */
export function findShortestPaths(graph: Graph, rules: WalkRules): ShortestPaths {
  const { nodes, edges } = graph;
  const { firstEdges, count } = nodes;
  const { root, pairs } = rules;
  const distances = new Int32Array(count).fill(NONE);
  const parentEdges = new Int32Array(count).fill(NONE);
  const queue = new Int32Array(count);
  const halfSeen = new Set<string>();
  let length = 0;

  /** A WeakMap's value is as far as the farther of its table and its key: the second half that is met counts. */
  const isFirstHalf = (edge: number): boolean => {
    if (!pairs.isHalf(edge)) return false;
    const pair = pairOf(rules.edgeName(edge));
    if (halfSeen.delete(pair)) return false;
    halfSeen.add(pair);
    return true;
  };
  const drain = () => {
    for (let at = 0; at < length; at++) {
      const from = queue[at] as number;
      const distance = (distances[from] as number) + 1;
      const end = firstEdges[from + 1] as number;
      const isMisleading = rules.isMisleading?.(from) ?? null;
      for (let edge = firstEdges[from] as number; edge < end; edge++) {
        const word = edges[edge] as number;
        const to = word & TARGET_MASK;
        if (distances[to] !== NONE || typeOfEdgeWord(word) === WEAK_EDGE) continue;
        if (isMisleading?.(edge)) continue;
        if (pairs.isValue(to) && typeOfEdgeWord(word) === INTERNAL_EDGE && isFirstHalf(edge)) continue;
        distances[to] = distance;
        parentEdges[to] = edge;
        queue[length++] = to;
      }
    }
  };

  const last = firstEdges[root + 1] as number;
  for (let edge = firstEdges[root] as number; edge < last; edge++) {
    const to = (edges[edge] as number) & TARGET_MASK;
    if (distances[to] !== NONE || !rules.isUserRoot(to)) continue;
    distances[to] = 1;
    parentEdges[to] = edge;
    queue[length++] = to;
  }
  const hasUserRoots = length > 0;
  drain();
  distances[root] = hasUserRoots ? SYSTEM_DISTANCE : 0;
  parentEdges[root] = NONE;
  queue[0] = root;
  length = 1;
  drain();
  return { distances, parentEdges };
}
