import { packageOf } from '../../allocation/stack-frame.js';
import type { PathStep } from '../../explain/retaining-path.js';
import type { CodePlace, ScriptFiles } from '../../explain/script-files.js';
import { wayToFunction } from '../../explain/way-to-function.js';
import type { HeapGraph } from '../../graph/heap-graph.js';
import type { OwnFunction } from '../leak-report.js';

/** What V8 and Node make for a function that is to be called later: the function says what it is for. */
const CARRIERS = new Set([
  'Timeout',
  'Immediate',
  'Promise',
  'Listener',
  'FinalizationRegistry',
  'AsyncResource',
]);

/** From a timer, a promise or a listener to the function of the program that it is to call; empty for other objects. */
export function stepsToCode(graph: HeapGraph, files: ScriptFiles, node: number): PathStep[] {
  if (!CARRIERS.has(graph.classNameOf(node))) return [];
  return wayToFunction(graph, node, { files, isWanted: isWritten });
}

/** The nearest function of the program itself, not of a package, that an object carries, as a listener or a handler. */
export function ownFunctionOf(graph: HeapGraph, files: ScriptFiles, node: number): OwnFunction | null {
  const way = wayToFunction(graph, node, {
    files,
    isWanted: (place) => isWritten(place) && packageOf(place.filename) === null && place.line !== null,
  });
  const found = way.at(-1);
  const place = found && files.ofFunction(found.node);
  if (!place || place.line === null) return null;
  const { filename, line } = place;
  return { functionName: graph.nameOf(found.node) || '(anonymous)', filename, line };
}

function isWritten({ filename }: CodePlace): boolean {
  return !filename.startsWith('node:');
}
