import { HeapGraph } from '../../src/graph/heap-graph.js';
import { buildSnapshot } from '../../src/testing/build-snapshot.js';
import type { SnapshotBuilder } from '../../src/testing/snapshot-builder.js';

/** The graph of a made-up heap. */
export function openBuilt(describeHeap: (heap: SnapshotBuilder) => void): Promise<HeapGraph> {
  return HeapGraph.open([Buffer.from(buildSnapshot(describeHeap))]);
}

export function nodeNamed(graph: HeapGraph, name: string): number {
  for (let node = 0; node < graph.nodeCount; node++) if (graph.nameOf(node) === name) return node;
  throw new Error(`There is no node named ${name}.`);
}
