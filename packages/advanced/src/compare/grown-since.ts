import type { HeapExplainer } from '../explain/heap-explainer.js';
import type { PathPlace } from '../explain/path-place.js';
import type { GrownType } from './growing-paths.js';

/** What has come to a place, and below it, since an id was the last one; by type, most bytes first. One pass over the nodes. */
export function grownSince({ graph, tree }: HeapExplainer, place: PathPlace, lastId: number): GrownType[] {
  const below = placesBelow(place);
  const types = new Map<string, { kind: string; type: string; grownCount: number; grownBytes: number }>();
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.idOf(node) <= lastId) continue;
    const at = tree.placeOf(node);
    if (at === null || !below.has(at)) continue;
    const kind = graph.kindOf(node);
    const type = graph.classNameOf(node);
    const row = types.get(`${kind} ${type}`) ?? { kind, type, grownCount: 0, grownBytes: 0 };
    types.set(`${kind} ${type}`, row);
    row.grownCount += 1;
    row.grownBytes += graph.shallowSizeBytes(node);
  }
  return [...types.values()].sort((a, b) => b.grownBytes - a.grownBytes);
}

function placesBelow(place: PathPlace): Set<PathPlace> {
  const places = new Set([place]);
  for (const at of places) for (const child of at.children.values()) places.add(child);
  return places;
}
