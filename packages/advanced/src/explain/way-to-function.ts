import type { HeapGraph } from '../graph/heap-graph.js';
import type { PathStep } from './retaining-path.js';
import type { CodePlace, ScriptFiles } from './script-files.js';

/** They lead to a class, not to what an object carries. */
const OF_CLASS = new Set(['__proto__', 'map', 'constructor', 'prototype']);
const MAX_STEPS = 3;
const MAX_VISITED = 200;

export interface WayOptions {
  readonly files: ScriptFiles;
  readonly isWanted: (place: CodePlace) => boolean;
}

/** The steps from an object to the nearest wanted function that it carries; empty where there is none near it. */
export function wayToFunction(graph: HeapGraph, node: number, { files, isWanted }: WayOptions): PathStep[] {
  let ways: PathStep[][] = [[]];
  const visited = new Set([node]);
  for (let step = 0; step < MAX_STEPS && visited.size < MAX_VISITED; step++) {
    const longer: PathStep[][] = [];
    for (const way of ways) {
      let found: PathStep[] | null = null;
      graph.forEachEdge(way.at(-1)?.node ?? node, (edge, to) => {
        if (found || visited.has(to) || !graph.isEssential(edge)) return;
        if (OF_CLASS.has(String(graph.edgeNameOf(edge)))) return;
        visited.add(to);
        const further = [...way, { node: to, edge }];
        const place = files.ofFunction(to);
        if (place && isWanted(place)) found = further;
        else if (graph.typeOf(to) !== 'closure' && graph.classNameOf(to) !== graph.classNameOf(node))
          longer.push(further);
      });
      if (found) return found;
    }
    ways = longer;
  }
  return [];
}
