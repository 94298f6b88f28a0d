import type { HeapGraph } from '../graph/heap-graph.js';
import { isStorage } from './storage.js';

/** The objects that an object alone holds, in itself or in its own storage: what it dominates immediately, for people. */
export function heldAlone(graph: HeapGraph, node: number): number[] {
  const held: number[] = [];
  const waiting = [node];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const below of graph.dominatedBy(at)) {
      if (isStorage(graph, below)) waiting.push(below);
      else held.push(below);
    }
  }
  return held;
}
