import type { PathStep } from '../../explain/retaining-path.js';
import type { ScriptFiles } from '../../explain/script-files.js';
import type { HeapGraph } from '../../graph/heap-graph.js';

/** What V8 and Node make for a function that is to be called later: the function says what it is for. */
const CARRIERS = new Set([
  'Timeout',
  'Immediate',
  'Promise',
  'Listener',
  'FinalizationRegistry',
  'AsyncResource',
]);
/** They lead to a class, not to what an object carries. */
const OF_CLASS = new Set(['__proto__', 'map', 'constructor', 'prototype']);
const MAX_STEPS = 3;
const MAX_VISITED = 200;

/** From a timer, a promise or a listener to the function of the program that it is to call; empty for other objects. */
export function stepsToCode(graph: HeapGraph, files: ScriptFiles, node: number): PathStep[] {
  if (!CARRIERS.has(graph.classNameOf(node))) return [];
  let ways: PathStep[][] = [[]];
  const visited = new Set([node]);
  for (let step = 0; step < MAX_STEPS && visited.size < MAX_VISITED; step++) {
    const longer: PathStep[][] = [];
    for (const way of ways) {
      let found: PathStep[] | null = null;
      graph.forEachEdge(way.at(-1)?.node ?? node, (edge, to) => {
        if (
          found ||
          visited.has(to) ||
          !graph.isEssential(edge) ||
          OF_CLASS.has(String(graph.edgeNameOf(edge)))
        )
          return;
        visited.add(to);
        const further = [...way, { node: to, edge }];
        if (isOfProgram(files.ofFunction(to)?.filename)) found = further;
        else if (graph.typeOf(to) !== 'closure' && graph.classNameOf(to) !== graph.classNameOf(node))
          longer.push(further);
      });
      if (found) return found;
    }
    ways = longer;
  }
  return [];
}

function isOfProgram(filename: string | undefined): boolean {
  return filename !== undefined && !filename.startsWith('node:');
}
