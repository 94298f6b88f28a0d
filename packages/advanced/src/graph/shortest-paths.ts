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
  graph: Graph,
  rules: WalkRules,
  { scratch, withParents }: { readonly scratch: Scratch; readonly withParents: boolean },
): ShortestPaths {
  const walk = new BreadthFirstWalk(graph, rules, {
    distances: scratch.take().fill(NONE),
    parentEdges: withParents ? scratch.take().fill(NONE) : null,
    queue: scratch.take(),
  });
  const hasUserRoots = walk.fromUserRoots();
  walk.fromRoot(hasUserRoots ? SYSTEM_DISTANCE : 0);
  scratch.give(walk.queue);
  return walk;
}

class BreadthFirstWalk implements ShortestPaths {
  readonly distances: Int32Array;
  readonly parentEdges: Int32Array | null;
  readonly queue: Int32Array;
  private readonly graph: Graph;
  private readonly rules: WalkRules;
  private readonly seen: BitSet;
  private readonly halfSeen = new Set<string>();

  constructor(
    graph: Graph,
    rules: WalkRules,
    { distances, parentEdges, queue }: ShortestPaths & { readonly queue: Int32Array },
  ) {
    this.graph = graph;
    this.rules = rules;
    this.distances = distances;
    this.parentEdges = parentEdges;
    this.queue = queue;
    this.seen = new BitSet(graph.nodes.count);
  }

  /** False where there are none. */
  fromUserRoots(): boolean {
    const { seen, distances, parentEdges, queue } = this;
    const { nodes, edges } = this.graph;
    const { root, isUserRoot } = this.rules;
    let length = 0;
    const last = nodes.firstEdges[root + 1] as number;
    for (let edge = nodes.firstEdges[root] as number; edge < last; edge++) {
      const to = (edges[edge] as number) & TARGET_MASK;
      if (seen.has(to) || !isUserRoot(to)) continue;
      seen.add(to);
      distances[to] = 1;
      if (parentEdges !== null) parentEdges[to] = edge;
      queue[length++] = to;
    }
    this.follow(length, 2);
    return length > 0;
  }

  fromRoot(distance: number): void {
    const { seen, distances, parentEdges, queue } = this;
    const { root } = this.rules;
    seen.add(root);
    distances[root] = distance;
    if (parentEdges !== null) parentEdges[root] = NONE;
    queue[0] = root;
    this.follow(1, distance + 1);
  }

  /** The hot loop. `length` nodes are queued, and what they lead to has `distance`. */
  private follow(length: number, distance: number): void {
    const { distances, parentEdges, queue } = this;
    const { edges, nodes } = this.graph;
    const { firstEdges } = nodes;
    const { pairs, misleading } = this.rules;
    const seen = this.seen.words;
    let queued = length;
    let levelEnd = length;
    let next = distance;
    for (let at = 0; at < queued; at++) {
      // Those of a level are queued together: no trip to memory tells how far this one is.
      if (at === levelEnd) {
        levelEnd = queued;
        next++;
      }
      const from = queue[at] as number;
      const end = firstEdges[from + 1] as number;
      const isOdd = misleading.nodes.has(from);
      for (let edge = firstEdges[from] as number; edge < end; edge++) {
        const word = edges[edge] as number;
        const to = word & TARGET_MASK;
        const bit = 1 << (to & 31);
        const bits = seen[to >>> 5] as number;
        if ((bits & bit) !== 0) continue;
        const type = typeOfEdgeWord(word);
        if (type === WEAK_EDGE || (isOdd && misleading.isMisleading(from, edge))) continue;
        if (type === INTERNAL_EDGE && pairs.isValue(to) && this.isFirstHalf(edge)) continue;
        seen[to >>> 5] = bits | bit;
        distances[to] = next;
        if (parentEdges !== null) parentEdges[to] = edge;
        queue[queued++] = to;
      }
    }
  }

  /** A WeakMap's value is as far as the farther of its table and its key: the second half that is met counts. */
  private isFirstHalf(edge: number): boolean {
    const entry = this.rules.pairs.entryOf(edge);
    if (entry === null || this.halfSeen.delete(entry)) return false;
    this.halfSeen.add(entry);
    return true;
  }
}
