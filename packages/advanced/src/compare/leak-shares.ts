import type { HeapGraph } from '../graph/heap-graph.js';

/** What would go with the objects of one leak. */
export interface LeakShare {
  /** What no way from a root reaches but through leaks, shared equally among the leaks that reach it. */
  readonly shareBytes: number;
  /** Of that, what only this leak reaches. */
  readonly exclusiveBytes: number;
}

const MOST_LEAKS = 30;

/**
 * Ranks leaks that hold the same objects together, where retained sizes would give them to a common ancestor: LeakShare
 * (J. Vilk and E. Berger, 2018). `leaks`: the objects that each of them gathers; those beyond the 30th get nothing.
 *
 * Cost: one walk over the heap, and one over what each leak reaches; five bytes per node.
 */
export function shareLeaks(graph: HeapGraph, leaks: readonly (readonly number[])[]): LeakShare[] {
  const counted = leaks.slice(0, MOST_LEAKS);
  const isEntry = new Uint8Array(graph.nodeCount);
  for (const entries of counted) for (const node of entries) isEntry[node] = 1;
  const outside = new Uint8Array(graph.nodeCount);
  walk(graph, [graph.root], (node) => {
    if (outside[node] === 1 || isEntry[node] === 1) return false;
    outside[node] = 1;
    return true;
  });
  const reachedBy = new Int32Array(graph.nodeCount);
  for (const [index, entries] of counted.entries()) {
    const bit = 1 << index;
    walk(graph, entries, (node) => {
      const known = reachedBy[node] as number;
      if (outside[node] === 1 || (known & bit) !== 0) return false;
      reachedBy[node] = known | bit;
      return true;
    });
  }
  return sumShares(graph, reachedBy, leaks.length);
}

function sumShares(graph: HeapGraph, reachedBy: Int32Array, leakCount: number): LeakShare[] {
  const shares = new Float64Array(leakCount);
  const exclusive = new Float64Array(leakCount);
  for (let node = 0; node < graph.nodeCount; node++) {
    const bits = reachedBy[node] as number;
    if (bits === 0) continue;
    const sizeBytes = graph.shallowSizeBytes(node);
    const leaks = countBits(bits);
    for (let index = 0; bits >> index !== 0; index++) {
      if ((bits & (1 << index)) === 0) continue;
      shares[index] = (shares[index] as number) + sizeBytes / leaks;
      if (leaks === 1) exclusive[index] = (exclusive[index] as number) + sizeBytes;
    }
  }
  return Array.from({ length: leakCount }, (_, index) => ({
    shareBytes: Math.round(shares[index] as number),
    exclusiveBytes: exclusive[index] as number,
  }));
}

/** Follows what retains, from nodes that `enter` lets in. */
function walk(graph: HeapGraph, start: readonly number[], enter: (node: number) => boolean): void {
  const waiting = start.filter(enter);
  const visit = (edge: number, to: number) => {
    if (graph.isEssential(edge) && enter(to)) waiting.push(to);
  };
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) graph.forEachEdge(node, visit);
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
