import type { HeapExplainer, HeapObject } from './heap-explainer.js';

/** Something that refers to an object. */
export interface ObjectRetainer {
  readonly object: HeapObject;
  /** How it refers to it, in V8's words: a property, a variable, an index. */
  readonly edge: string;
  readonly edgeType: string;
  /** `weak` references do not keep it alive; `other` ones are beside another that does (the table of a WeakMap). */
  readonly strength: 'strong' | 'weak' | 'other';
  /** Edges from a root to the one that refers; null where nothing retains it. */
  readonly distance: number | null;
}

/** What refers to an object: the strong ones first, nearest to a root first. */
export function listRetainers(explainer: HeapExplainer, node: number): ObjectRetainer[] {
  const { graph } = explainer;
  const rank = { strong: 0, other: 1, weak: 2 };
  return graph
    .retainersOf(node)
    .map(
      ({ type, name, from, isEssential }): ObjectRetainer => ({
        object: explainer.describe(from),
        edge: String(name),
        edgeType: type,
        strength: type === 'weak' ? 'weak' : isEssential ? 'strong' : 'other',
        distance: graph.distanceOf(from),
      }),
    )
    .sort(
      (a, b) => rank[a.strength] - rank[b.strength] || (a.distance ?? Infinity) - (b.distance ?? Infinity),
    );
}
