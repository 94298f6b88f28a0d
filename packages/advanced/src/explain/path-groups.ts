import type { HeapExplainer } from './heap-explainer.js';
import { type PathPlace, wordsOf } from './path-place.js';

/** Objects that are reached in the same words. */
export interface PathGroup {
  readonly path: readonly string[];
  readonly count: number;
  readonly shallowBytes: number;
  /** Retained by all of them, where one does not retain the other. */
  readonly retainedBytes: number;
  /** The largest of them. */
  readonly example: number;
}

/** By the ways on which they are held, most retained bytes first. */
export interface PathGroups {
  readonly groups: readonly PathGroup[];
  /** Those that nothing retains: weak references, or garbage that was not collected yet. */
  readonly unheldCount: number;
  readonly count: number;
}

/** Who holds these objects, in words: a thousand of a kind at the same place are one group. One pass over the nodes. */
export function groupByPath(explainer: HeapExplainer, matches: (node: number) => boolean): PathGroups {
  const { graph, tree } = explainer;
  const groups = new Map<
    PathPlace,
    { count: number; shallowBytes: number; retainedBytes: number; example: number }
  >();
  let [unheldCount, count] = [0, 0];
  for (let node = 0; node < graph.nodeCount; node++) {
    if (node === graph.root || !matches(node)) continue;
    count += 1;
    const place = tree.placeOf(node);
    if (place === null) {
      unheldCount += 1;
      continue;
    }
    const group = groups.get(place) ?? { count: 0, shallowBytes: 0, retainedBytes: 0, example: node };
    groups.set(place, group);
    group.count += 1;
    group.shallowBytes += graph.shallowSizeBytes(node);
    if (!isRetainedByAnother(explainer, node, { place, matches }))
      group.retainedBytes += graph.retainedSizeBytes(node);
    if (graph.retainedSizeBytes(node) > graph.retainedSizeBytes(group.example)) group.example = node;
  }
  return {
    groups: [...groups]
      .map(([place, group]) => ({ path: wordsOf(place), ...group }))
      .sort((a, b) => b.retainedBytes - a.retainedBytes),
    unheldCount,
    count,
  };
}

/** A list's first link retains all others. Looks a few steps up: further away it would be another structure. */
const STEPS_UP = 8;

function isRetainedByAnother(
  { graph, tree }: HeapExplainer,
  node: number,
  { place, matches }: { place: PathPlace; matches: (node: number) => boolean },
): boolean {
  let at = graph.dominatorOf(node);
  for (let steps = 0; steps < STEPS_UP && at !== graph.root; steps++) {
    if (tree.placeOf(at) === place && matches(at)) return true;
    at = graph.dominatorOf(at);
  }
  return false;
}
