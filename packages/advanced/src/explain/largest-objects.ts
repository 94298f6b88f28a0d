import type { HeapGraph } from '../graph/heap-graph.js';

/**
 * The objects that retain most, the largest first: what V8 keeps for itself and the roots are left out, unless `matches`
 * is given. An object that another one retains comes as well, further down.
 *
 * Cost: one pass over the nodes.
 */
export function findLargestObjects(
  graph: HeapGraph,
  { top, matches }: { readonly top: number; readonly matches?: (node: number) => boolean },
): number[] {
  const wanted = matches ?? ((node: number) => isOfProgram(graph, node));
  let largest: { node: number; sizeBytes: number }[] = [];
  let least = 0;
  const keep = () => {
    largest = largest.sort((a, b) => b.sizeBytes - a.sizeBytes || a.node - b.node).slice(0, top);
    if (largest.length === top) least = (largest.at(-1) as { sizeBytes: number }).sizeBytes;
  };
  for (let node = 0; node < graph.nodeCount; node++) {
    const sizeBytes = graph.retainedSizeBytes(node);
    if (sizeBytes <= least || node === graph.root || !wanted(node)) continue;
    largest.push({ node, sizeBytes });
    if (largest.length >= 4 * top + 64) keep();
  }
  keep();
  return largest.map(({ node }) => node);
}

const OF_V8 = new Set(['synthetic', 'hidden', 'code', 'object shape', 'unknown']);

/** Whether people know such objects: neither roots nor what V8 keeps for itself. */
export function isOfProgram(graph: HeapGraph, node: number): boolean {
  return !OF_V8.has(graph.kindOf(node)) && graph.typeOf(node) !== 'array';
}
