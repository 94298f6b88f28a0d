import type { HeapGraph } from '../graph/heap-graph.js';
import { isPart } from './storage.js';

/** What an object alone holds, in itself, its storage or (a function) its variables: what it dominates, for people. */
export function heldAlone(graph: HeapGraph, node: number): number[] {
  const held: number[] = [];
  const waiting = [node];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const below of graph.dominatedBy(at)) {
      if (isPart(graph, below)) waiting.push(below);
      else held.push(below);
    }
  }
  return held;
}
