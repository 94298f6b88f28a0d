import { packageOf } from '../allocation/stack-frame.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { PathStep } from './retaining-path.js';
import type { CodePlace, ScriptFiles } from './script-files.js';
import { isStorage } from './storage.js';

/**
 * Says a retaining path as a person would: what belongs together is one word (a Map and its table, a function and its
 * variables), and what V8 keeps for itself is left out.
 */
export class PathWords {
  readonly #graph: HeapGraph;
  readonly #files: ScriptFiles;

  constructor(graph: HeapGraph, files: ScriptFiles) {
    this.#graph = graph;
    this.#files = files;
  }

  /** One string per step that says something, `(root)` first. */
  describe(steps: readonly PathStep[]): string[] {
    const words = ['(root)'];
    let scope: CodePlace | null = null;
    for (const { node, edge } of steps) {
      if (edge === null) continue;
      const place = this.#files.ofFunction(node);
      const word = this.#stepWord(node, edge, { scope, place });
      if (!isScope(this.#graph, node)) scope = place ?? this.#files.ofGenerator(node);
      if (word !== null) words.push(word);
    }
    return foldRepeats(words);
  }

  #stepWord(
    node: number,
    edge: number,
    { scope, place }: { scope: CodePlace | null; place: CodePlace | null },
  ): string | null {
    const graph = this.#graph;
    const type = graph.edgeTypeOf(edge);
    const name = graph.edgeNameOf(edge);
    if (graph.typeOf(node) === 'synthetic') return null;
    if (isStorage(graph, node)) return null;
    const module = this.#files.ofModule(node);
    if (module !== null) return `module ${shortFile(module)}`;
    const what = this.#nameNode(node, place);
    switch (type) {
      case 'context':
        return `variable ${name}${scope ? ` in ${shortFile(scope.filename)}` : ''}: ${what}`;
      case 'property':
        return `.${name}: ${what}`;
      case 'element':
        return `[…]: ${what}`;
      case 'shortcut':
        return what;
      default:
        // A scope is told by its variables.
        return isScope(graph, node)
          ? null
          : INTERNAL_WORDS.has(String(name))
            ? `${INTERNAL_WORDS.get(String(name))} ${what}`
            : what;
    }
  }

  #nameNode(node: number, place: CodePlace | null): string {
    const graph = this.#graph;
    if (graph.typeOf(node) === 'closure') {
      const name = graph.nameOf(node) || '(anonymous)';
      return place
        ? `function ${name} (${shortFile(place.filename)}${place.line === null ? '' : `:${place.line}`})`
        : `function ${name}`;
    }
    const className = graph.classNameOf(node);
    const home = graph.kindOf(node) === 'object' ? this.#files.ofClass(node) : null;
    const owner = home && packageOf(home.filename);
    return owner ? `${className} (${owner})` : className;
  }
}

/** A list's links (`.next: Listener`, a thousand times) are said once. */
function foldRepeats(words: readonly string[]): string[] {
  const folded: string[] = [];
  let repeats = 1;
  for (const [index, word] of words.entries()) {
    if (word === words[index + 1]) {
      repeats += 1;
      continue;
    }
    folded.push(repeats > 1 ? `${word} (${repeats} times)` : word);
    repeats = 1;
  }
  return folded;
}

/** V8's names of links that people know by another. */
const INTERNAL_WORDS: ReadonlyMap<string, string> = new Map([
  ['reactions_or_result', 'waited for by'],
  ['bound_this', 'bound to'],
  ['bound_argument_0', 'bound to'],
  ['weak_map_value', 'weakly keyed'],
]);

function isScope(graph: HeapGraph, node: number): boolean {
  return graph.nameOf(node) === 'system / Context';
}

/** `express-session/session/memory.js` in a package, the last two parts of a path elsewhere. */
function shortFile(filename: string): string {
  const inside = filename
    .split(/[\\/]node_modules[\\/]/)
    .slice(1)
    .at(-1);
  return (inside ?? filename.split(/[\\/]/).slice(-2).join('/')).replaceAll('\\', '/');
}
