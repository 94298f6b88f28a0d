import type { HeapGraph } from '../graph/heap-graph.js';
import type { TellingPaths } from './telling-paths.js';

/**
 * The name of the edge by which each node is reached, as a number (-1 where it does not matter: elements, V8's own
 * links from storage). Asked for in the order of the edges, because the text is read in blocks: a million at random cost
 * ten seconds, in order a third of one (Node 20).
 *
 * Cost: four bytes per node, and one visit of every edge.
 */
export function readParentEdgeNames(graph: HeapGraph, paths: TellingPaths): Int32Array {
  const names = new Int32Array(graph.nodeCount).fill(-1);
  let from = 0;
  const visit = (edge: number, to: number, type: string) => {
    if (type === 'element' || type === 'hidden' || type === 'weak') return;
    const parent = paths.parentOf(to);
    if (parent?.edge === edge) names[to] = graph.edgeNameNumberOf(edge);
  };
  for (from = 0; from < graph.nodeCount; from++) graph.forEachEdge(from, visit);
  return names;
}
