import { checkNumber, MemxError } from '@memx/core';
import { HeapExplainer } from '../explain/heap-explainer.js';
import type { ClassRow } from '../graph/class-rows.js';
import type { GraphProgress } from '../graph/graph-progress.js';
import { HeapGraph } from '../graph/heap-graph.js';
import type { SnapshotSource } from '../graph/snapshot-source.js';
import { describeGrowth } from './describe-growth.js';
import { findGrowingPlaces } from './growing-paths.js';
import type { HeapComparison } from './heap-comparison.js';
import { countCohorts, lastIdOf } from './id-cohorts.js';
import { digestPaths, type PathDigest } from './path-digest.js';
import { type IdentitySample, isSameProcess, sampleIdentities } from './process-identity.js';
import { compareClasses } from './type-growth-rows.js';

/** @see {@link compareHeaps} */
export interface CompareHeapsOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GraphProgress & { readonly heap: number }) => void;
  /** A place grew when it has at least so many objects more than in the heap before. Default 10. */
  readonly minGrowth?: number;
  /** How many growing paths to tell. Default 20. */
  readonly top?: number;
}

/**
 * Says what grew from each heap to the next: types, and the paths to the places where objects are added. The snapshots
 * are of one process, or of several runs of a program under different load; in the former case objects are also told
 * apart by when they were born.
 *
 * Give them in the order of time. From three on, a place that swings is told from one that grows.
 *
 * Cost: each graph is opened after the other (see {@link HeapGraph}), and only counts by path are kept of the earlier ones.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION` for fewer than two, and what {@link HeapGraph.open} throws
 */
export async function compareHeaps(
  sources: readonly SnapshotSource[],
  options: CompareHeapsOptions = {},
): Promise<HeapComparison> {
  const minGrowth = checkNumber('minGrowth', options.minGrowth ?? 10, { min: 1, integer: true });
  const top = checkNumber('top', options.top ?? 20, { min: 1, integer: true });
  const lastSource = sources.at(-1);
  if (sources.length < 2 || lastSource === undefined) throw tooFew(sources.length);
  const earlier: EarlierHeap[] = [];
  for (const [heap, source] of sources.slice(0, -1).entries()) {
    using graph = await openHeap(source, heap, options);
    earlier.push(keepEarlier(graph, earlier.at(-1)));
  }
  using graph = await openHeap(lastSource, sources.length - 1, options);
  const explainer = new HeapExplainer(graph);
  const ofOneProcess =
    earlier.every(({ isSame }) => isSame) && isSameProcess((earlier.at(-1) as EarlierHeap).identities, graph);
  const places = findGrowingPlaces(
    earlier.map(({ paths }) => paths),
    explainer.tree.root,
    { minGrowth },
  );
  const lastIds = ofOneProcess ? earlier.map(({ lastId }) => lastId) : null;
  return {
    heaps: [...earlier, sizesOf(graph)].map(({ nodeCount, totalBytes }) => ({ nodeCount, totalBytes })),
    isSameProcess: ofOneProcess,
    types: compareClasses([...earlier.map(({ classes }) => classes), graph.classes()]),
    paths: describeGrowth(explainer, places, { lastIds, minGrowth }).slice(0, top),
    cohorts: lastIds ? countCohorts(graph, lastIds) : null,
  };
}

interface EarlierHeap {
  readonly nodeCount: number;
  readonly totalBytes: number;
  readonly classes: readonly ClassRow[];
  readonly paths: PathDigest;
  readonly identities: IdentitySample;
  readonly lastId: number;
  /** Whether it is of the process of the one before; true for the first. */
  readonly isSame: boolean;
}

function openHeap(source: SnapshotSource, heap: number, options: CompareHeapsOptions): Promise<HeapGraph> {
  const { signal, onProgress } = options;
  return HeapGraph.open(source, {
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress: (progress) => onProgress({ ...progress, heap }) } : {}),
  });
}

function keepEarlier(graph: HeapGraph, before: EarlierHeap | undefined): EarlierHeap {
  return {
    ...sizesOf(graph),
    classes: graph.classes(),
    paths: digestPaths(new HeapExplainer(graph).tree.root),
    identities: sampleIdentities(graph),
    lastId: lastIdOf(graph),
    isSame: before === undefined || isSameProcess(before.identities, graph),
  };
}

function sizesOf(graph: HeapGraph): { readonly nodeCount: number; readonly totalBytes: number } {
  return { nodeCount: graph.nodeCount, totalBytes: graph.totalBytes };
}

function tooFew(count: number): MemxError {
  return new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: 'Too few heap snapshots to compare',
    value: count,
    remedy: 'Give two or more, in the order of time.',
  });
}
