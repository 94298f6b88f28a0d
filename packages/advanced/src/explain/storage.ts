import type { HeapGraph } from '../graph/heap-graph.js';

/** Types that V8 makes for the objects of a program, not for itself: hash tables, property and element arrays, cells. */
const STORAGE_TYPES = new Set(['array', 'hidden', 'object shape', 'code']);

/**
 * Whether a node is V8's way of keeping what belongs to another object: a Map's table, an array's elements. People know
 * the owner only.
 */
export function isStorage(graph: HeapGraph, node: number): boolean {
  return STORAGE_TYPES.has(graph.typeOf(node));
}

/** Whether a node belongs to the place of another: storage, a function's variables, a root. What is left, people count. */
export function isPart(graph: HeapGraph, node: number): boolean {
  return (
    isStorage(graph, node) || graph.typeOf(node) === 'synthetic' || graph.nameOf(node) === 'system / Context'
  );
}
