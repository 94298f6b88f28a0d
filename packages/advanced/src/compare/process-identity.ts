import type { HeapGraph } from '../graph/heap-graph.js';

/** Some of the objects of a heap, by id: whether another heap has the same ones tells whether it is the same process. */
export type IdentitySample = ReadonlyMap<number, string>;

const SAMPLE = 20_000;
/** V8 numbers objects as it meets them: two runs of a program agree on the first ones, and soon on nothing. */
const LEAST_AGREEING = 0.98;
const LEAST_FOUND = 0.3;

/** Only objects of the program and functions: what V8 keeps for itself changes its type in place. */
export function sampleIdentities(graph: HeapGraph): IdentitySample {
  const sample = new Map<number, string>();
  const stride = Math.max(1, Math.floor(graph.nodeCount / SAMPLE));
  for (let node = 0; node < graph.nodeCount; node++) {
    // By id, not by position: the other heap has other nodes at the same positions.
    if (graph.idOf(node) % stride === 1 % stride && isLasting(graph, node))
      sample.set(graph.idOf(node), nameOf(graph, node));
  }
  return sample;
}

/** Whether the heap is of the same process, and so ids mean the same objects. Cost: one pass over the nodes. */
export function isSameProcess(sample: IdentitySample, graph: HeapGraph): boolean {
  let found = 0;
  let agreeing = 0;
  for (let node = 0; node < graph.nodeCount; node++) {
    const expected = sample.get(graph.idOf(node));
    if (expected === undefined) continue;
    found += 1;
    if (expected === nameOf(graph, node)) agreeing += 1;
  }
  return found >= sample.size * LEAST_FOUND && agreeing >= found * LEAST_AGREEING && found > 0;
}

function isLasting(graph: HeapGraph, node: number): boolean {
  const type = graph.typeOf(node);
  return graph.idOf(node) % 2 === 1 && (type === 'object' || type === 'closure');
}

function nameOf(graph: HeapGraph, node: number): string {
  return `${graph.typeOf(node)} ${graph.typeOf(node) === 'string' ? '' : graph.nameOf(node)}`;
}
