import { packageOf } from '../allocation/stack-frame.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import { judgeProperties } from './dictionary.js';
import { internalEdgeWord, propertyWord } from './edge-words.js';
import type { PathStep } from './retaining-path.js';
import { rootWord } from './root-words.js';
import type { CodePlace, ScriptFiles } from './script-files.js';
import { isStorage } from './storage.js';

/** What the steps before say about the next one. */
export interface PathContext {
  /** Where the function stands whose variables come next. */
  readonly scope: CodePlace | null;
  /** The name of the last property or variable that the way went through. */
  readonly via: string | null;
}

/** One step in words; null for one that says nothing. */
export interface SaidStep {
  readonly word: string | null;
  readonly context: PathContext;
}

/**
 * Says a retaining path as a person would: what belongs together is one word (a Map and its table, a function and its
 * variables), and what V8 keeps for itself is left out. Keys of objects that are used as tables are `[key]`: they may be
 * secrets, and they differ from run to run.
 */
export class PathWords {
  /** Before the first step. */
  static readonly start: PathContext = { scope: null, via: null };
  readonly #graph: HeapGraph;
  readonly #files: ScriptFiles;
  readonly #large = new Map<number, boolean>();

  constructor(graph: HeapGraph, files: ScriptFiles) {
    this.#graph = graph;
    this.#files = files;
  }

  /** One string per step that says something, `(root)` first. */
  describe(steps: readonly PathStep[]): string[] {
    const words = ['(root)'];
    let context = PathWords.start;
    let from: number | null = null;
    for (const { node, edge } of steps) {
      if (edge !== null && from !== null) {
        const said = this.say({ from, edge, node }, context);
        context = said.context;
        if (said.word !== null) words.push(said.word);
      }
      from = node;
    }
    return foldRepeats(words);
  }

  /** One step of a way: the object, and the edge that leads to it. */
  say(
    { from, edge, node }: { readonly from: number; readonly edge: number; readonly node: number },
    context: PathContext,
  ): SaidStep {
    const graph = this.#graph;
    const place = this.#files.ofFunction(node);
    const type = graph.edgeTypeOf(edge);
    const name = String(graph.edgeNameOf(edge));
    const word = this.#word({ from, edge, node }, { context, place, name });
    const scope = isScope(graph, node) ? context.scope : (place ?? this.#files.ofGenerator(node));
    const isNamed = type === 'property' || type === 'context';
    return { word, context: { scope, via: isNamed ? name : isStorage(graph, node) ? context.via : null } };
  }

  /** An object by its class (with the package it is of), a function by its name and where it stands. */
  nameNode(node: number): string {
    return this.#nameNode(node, this.#files.ofFunction(node));
  }

  /** Whether the properties of an object are keys. */
  isDictionary(node: number): boolean {
    const known = this.#large.get(node);
    if (known !== undefined) return known;
    const { isLarge, isTable } = judgeProperties(this.#graph, node);
    // Small objects are looked at again: there are millions of them, and it is their size that it costs.
    if (isLarge) this.#large.set(node, isTable);
    return isTable;
  }

  #word(
    { from, edge, node }: { from: number; edge: number; node: number },
    { context, place, name }: { context: PathContext; place: CodePlace | null; name: string },
  ): string | null {
    const graph = this.#graph;
    if (graph.typeOf(node) === 'synthetic') return rootWord(graph.nameOf(node));
    if (isStorage(graph, node)) return null;
    const module = this.#files.ofModule(node);
    if (module !== null) return `module ${shortFile(module)}`;
    const what = this.#nameNode(node, place);
    switch (graph.edgeTypeOf(edge)) {
      case 'context':
        return `variable ${name}${context.scope ? ` in ${shortFile(context.scope.filename)}` : ''}: ${what}`;
      case 'property':
        if (this.isDictionary(from)) return `[key]: ${what}`;
        return propertyWord(name, { what, via: context.via }) ?? `.${name}: ${what}`;
      case 'element':
        return `[…]: ${what}`;
      case 'shortcut':
        return what;
      default:
        if (graph.nameOf(from) === PROMISE_REACTION) {
          // What has no place is V8's own step on the way to an async function that waits.
          return place === null ? null : `called when the promise settles: ${what}`;
        }
        // A scope is told by its variables.
        return isScope(graph, node) ? null : internalEdgeWord(name, what);
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
    const waiting = this.#files.ofGenerator(node);
    if (waiting) return `suspended function (${shortFile(waiting.filename)}${lineOf(waiting)})`;
    const className = graph.classNameOf(node);
    const home = graph.kindOf(node) === 'object' ? this.#files.ofClass(node) : null;
    const owner = home && packageOf(home.filename);
    return owner ? `${className} (${owner})` : className;
  }
}

/** What waits for a promise: by hidden edges to the handlers (Node 20 to 26). */
const PROMISE_REACTION = 'system / PromiseReaction';

const lineOf = ({ line }: CodePlace) => (line === null ? '' : `:${line}`);

/** `.next: Node › .value: Box › .next: Node` is said once, too. */
const LONGEST_CYCLE = 4;

/** A list's links (`.next: Listener`, a thousand times) are said once, and so is a cycle of a few steps. */
function foldRepeats(words: readonly string[]): string[] {
  const folded: string[] = [];
  for (let at = 0; at < words.length; ) {
    const { length, times } = longestRepeat(words, at);
    const cycle = words.slice(at, at + length);
    if (times > 1) cycle[length - 1] = `${cycle[length - 1]} (${times} times)`;
    folded.push(...cycle);
    at += length * times;
  }
  return folded;
}

/** The cycle that begins there and covers most words; one word, once, where nothing comes again. */
function longestRepeat(words: readonly string[], start: number): { length: number; times: number } {
  let best = { length: 1, times: 1 };
  for (let length = 1; length <= LONGEST_CYCLE; length++) {
    let at = start + length;
    while (at < words.length && words[at] === words[at - length]) at += 1;
    const times = Math.floor((at - start) / length);
    if (times > 1 && times * length > best.times * best.length) best = { length, times };
  }
  return best;
}

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
