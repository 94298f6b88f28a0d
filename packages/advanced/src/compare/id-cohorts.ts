import type { HeapGraph } from '../graph/heap-graph.js';

/** Objects that were born between two heaps of one process and are alive in the last. */
export interface IdCohort {
  /** Number of the heap after which they were born, from 0; they were there in the next one. */
  readonly bornAfter: number;
  readonly count: number;
  readonly sizeBytes: number;
  /** What they are, most bytes first. */
  readonly types: readonly { kind: string; type: string; count: number; sizeBytes: number }[];
}

interface Growing {
  count: number;
  sizeBytes: number;
  readonly types: Map<string, { kind: string; type: string; count: number; sizeBytes: number }>;
}

/** `lastIds`: the largest id of an object in each heap before the last, rising. Only objects in V8's heap (odd ids). */
export function countCohorts(graph: HeapGraph, lastIds: readonly number[]): IdCohort[] {
  const cohorts: Growing[] = lastIds.map(() => ({ count: 0, sizeBytes: 0, types: new Map() }));
  for (let node = 0; node < graph.nodeCount; node++) {
    const id = graph.idOf(node);
    if (id % 2 === 0) continue;
    const index = lastIds.findLastIndex((lastId) => id > lastId);
    if (index >= 0) add(cohorts[index] as Growing, graph, node);
  }
  return cohorts.map(({ count, sizeBytes, types }, bornAfter) => ({
    bornAfter,
    count,
    sizeBytes,
    types: [...types.values()].sort((a, b) => b.sizeBytes - a.sizeBytes),
  }));
}

/** The largest id of an object in V8's heap. */
export function lastIdOf(graph: HeapGraph): number {
  let last = 0;
  for (let node = 0; node < graph.nodeCount; node++) {
    const id = graph.idOf(node);
    if (id % 2 === 1 && id > last) last = id;
  }
  return last;
}

function add(cohort: Growing, graph: HeapGraph, node: number): void {
  const kind = graph.kindOf(node);
  const type = graph.classNameOf(node);
  const sizeBytes = graph.shallowSizeBytes(node);
  const key = `${kind} ${type}`;
  const row = cohort.types.get(key) ?? { kind, type, count: 0, sizeBytes: 0 };
  cohort.types.set(key, row);
  row.count += 1;
  row.sizeBytes += sizeBytes;
  cohort.count += 1;
  cohort.sizeBytes += sizeBytes;
}
