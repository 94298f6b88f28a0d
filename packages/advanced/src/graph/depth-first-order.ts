import { BitSet } from './bit-set.js';
import { TARGET_MASK } from './edge-word.js';
import type { Graph } from './heap-columns.js';
import type { Scratch } from './scratch.js';

/** A depth-first walk along essential edges. Numbers count from 0, the root's, in the order of first visits. */
export interface DepthFirstOrder {
  /** Numbers given: the nodes held only by each other get none. */
  readonly count: number;
  /** Number of a node; -1 without one. Good until the edges are reversed. */
  readonly numbers: Int32Array;
  /** Node of a number. */
  readonly vertices: Int32Array;
  /** Number of the parent in the walk's tree, by number. */
  readonly parents: Int32Array;
}

/** Numbers what the root reaches, then, under the root, what nothing holds and what hangs on that. */
export function numberDepthFirst({ nodes, edges }: Graph, root: number, scratch: Scratch): DepthFirstOrder {
  const { count: nodeCount, firstEdges } = nodes;
  const numbers = scratch.take().fill(-1);
  const vertices = scratch.take();
  const parents = scratch.take();
  const resumeAt = scratch.take();
  const visited = new BitSet(nodeCount);
  let count = 0;

  const enter = (node: number, parent: number) => {
    visited.add(node);
    numbers[node] = count;
    vertices[count] = node;
    parents[count] = parent;
    return count++;
  };
  const walk = (start: number) => {
    let node = start;
    let number = enter(start, 0);
    const bottom = number;
    let edge = firstEdges[node] as number;
    let end = firstEdges[node + 1] as number;
    for (;;) {
      while (edge < end) {
        const word = edges[edge++] as number;
        const to = word & TARGET_MASK;
        if (word < 0 || visited.has(to)) continue;
        resumeAt[number] = edge;
        number = enter(to, number);
        node = to;
        edge = firstEdges[node] as number;
        end = firstEdges[node + 1] as number;
      }
      if (number === bottom) return;
      number = parents[number] as number;
      node = vertices[number] as number;
      edge = resumeAt[number] as number;
      end = firstEdges[node + 1] as number;
    }
  };
  walk(root);
  if (count < nodeCount) {
    for (const orphan of findOrphans({ nodes, edges }, visited)) walk(orphan);
  }
  scratch.give(resumeAt);
  return { count, numbers, vertices, parents };
}

/** Unvisited nodes that no essential edge leads to: only other unvisited nodes could have one. */
function findOrphans({ nodes, edges }: Graph, visited: BitSet): number[] {
  const { count, firstEdges } = nodes;
  const held = new BitSet(count);
  for (let from = 0; from < count; from++) {
    if (visited.has(from)) continue;
    const end = firstEdges[from + 1] as number;
    for (let edge = firstEdges[from] as number; edge < end; edge++) {
      const word = edges[edge] as number;
      if (word >= 0) held.add(word & TARGET_MASK);
    }
  }
  const orphans: number[] = [];
  for (let node = 0; node < count; node++) {
    if (!visited.has(node) && !held.has(node)) orphans.push(node);
  }
  return orphans;
}
