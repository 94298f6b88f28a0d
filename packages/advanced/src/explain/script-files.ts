import { fileURLToPath } from 'node:url';
import type { HeapGraph } from '../graph/heap-graph.js';

/** Where a function, or a class, was written. */
export interface CodePlace {
  readonly filename: string;
  /** 1-based; null where the snapshot does not say. */
  readonly line: number | null;
}

/**
 * The files of functions, classes and modules, as far as a snapshot tells: a closure's `shared` function names its
 * `script` (`script_or_debug_info` up to Node 22), and that its `name`. Answers are remembered by script.
 */
export class ScriptFiles {
  readonly #graph: HeapGraph;
  readonly #byShared = new Map<number, string | null>();
  #byScriptId: Map<number, string> | null = null;

  constructor(graph: HeapGraph) {
    this.#graph = graph;
  }

  /** Null for what is no function, and for functions of V8 itself. */
  ofFunction(node: number): CodePlace | null {
    if (this.#graph.typeOf(node) !== 'closure') return null;
    const filename = this.#fileOfClosure(node);
    const location = this.#graph.locationOf(node);
    return filename === null ? null : { filename, line: location ? location.line : null };
  }

  /** Where the function of a generator, or of an `async` function that waits, stands. */
  ofGenerator(node: number): CodePlace | null {
    if (this.#graph.nameOf(node) !== 'Generator') return null;
    const called = this.#follow(node, 'function');
    return called === null ? null : this.ofFunction(called);
  }

  /** Where the constructor of an object stands. */
  ofClass(node: number): CodePlace | null {
    const location = this.#graph.locationOf(node);
    if (!location) return null;
    const filename = this.#scripts().get(location.scriptId);
    return filename === undefined ? null : { filename, line: location.line };
  }

  /** The file of a CommonJS `Module`, or of an ES module (Node's `ModuleWrap`, which has its URL). */
  ofModule(node: number): string | null {
    const link = isModule(this.#graph, node) && MODULE_LINKS.get(this.#graph.nameOf(node));
    if (!link) return null;
    const target = this.#follow(node, link);
    return target === null ? null : toPath(this.#graph.nameOf(target));
  }

  #fileOfClosure(node: number): string | null {
    const shared = this.#follow(node, 'shared');
    if (shared === null) return null;
    let file = this.#byShared.get(shared);
    if (file === undefined) {
      file = this.#fileOfShared(shared);
      this.#byShared.set(shared, file);
    }
    return file;
  }

  #fileOfShared(shared: number): string | null {
    const script = this.#follow(shared, 'script') ?? this.#follow(shared, 'script_or_debug_info');
    if (script === null) return null;
    const name = this.#follow(script, 'name');
    return name === null ? null : toPath(this.#graph.nameOf(name));
  }

  /** Scripts by V8's number of them, which only locations tell: learnt from the closures. One pass over the nodes. */
  #scripts(): Map<number, string> {
    if (this.#byScriptId) return this.#byScriptId;
    const byScriptId = new Map<number, string>();
    for (let node = 0; node < this.#graph.nodeCount; node++) {
      if (this.#graph.typeOf(node) !== 'closure') continue;
      const scriptId = this.#graph.locationOf(node)?.scriptId;
      if (scriptId === undefined || byScriptId.has(scriptId)) continue;
      const file = this.#fileOfClosure(node);
      if (file !== null) byScriptId.set(scriptId, file);
    }
    this.#byScriptId = byScriptId;
    return byScriptId;
  }

  #follow(node: number, name: string): number | null {
    let found: number | null = null;
    this.#graph.forEachEdge(node, (edge, to, type) => {
      if (found !== null || (type !== 'internal' && type !== 'property')) return;
      if (this.#graph.edgeNameOf(edge) === name) found = to;
    });
    return found;
  }
}

/** What leads from a module to its file's name. */
const MODULE_LINKS: ReadonlyMap<string, string> = new Map([
  ['Module', 'filename'],
  ['ModuleWrap', 'url'],
]);

/** Whether an object is one of Node's modules, by its class; a program may have such a class too. */
export function isModule(graph: HeapGraph, node: number): boolean {
  return graph.typeOf(node) === 'object' && MODULE_LINKS.has(graph.nameOf(node));
}

function toPath(name: string): string | null {
  if (!name.startsWith('file:')) return name || null;
  try {
    return fileURLToPath(name);
  } catch {
    return name;
  }
}
