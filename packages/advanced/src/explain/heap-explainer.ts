import type { HeapGraph } from '../graph/heap-graph.js';
import { PathTree } from './path-tree.js';
import { PathWords } from './path-words.js';
import { retainingPath } from './retaining-path.js';
import { ScriptFiles } from './script-files.js';
import { TellingPaths } from './telling-paths.js';

/** An object, as it is told to people. Never its value. */
export interface HeapObject {
  readonly node: number;
  readonly id: number;
  readonly kind: string;
  /** As in the rows of classes. */
  readonly type: string;
  /** With the package of its class, or the place of the function. */
  readonly name: string;
  readonly shallowBytes: number;
  readonly retainedBytes: number;
}

/**
 * Explains the objects of one heap in words. What it needs is made at the first question and kept: the most telling
 * paths (8 bytes per node) and the tree of paths (4 bytes per node).
 *
 * ```ts
 * using graph = await HeapGraph.open('heap.heapsnapshot');
 * const explainer = new HeapExplainer(graph);
 * const largest = findLargestObjects(graph, { top: 1 })[0];
 * console.log(explainer.pathTo(largest).join('\n › '));
 * ```
 */
export class HeapExplainer {
  readonly graph: HeapGraph;
  readonly words: PathWords;
  readonly files: ScriptFiles;
  #paths: TellingPaths | null = null;
  #tree: PathTree | null = null;

  constructor(graph: HeapGraph) {
    this.graph = graph;
    this.files = new ScriptFiles(graph);
    this.words = new PathWords(graph, this.files);
  }

  get paths(): TellingPaths {
    this.#paths ??= new TellingPaths(this.graph);
    return this.#paths;
  }

  get tree(): PathTree {
    this.#tree ??= new PathTree(this.graph, this);
    return this.#tree;
  }

  /** The most telling way from a root, one string a step; only `(root)` where nothing retains the object. */
  pathTo(node: number): string[] {
    return this.words.describe(retainingPath(this.paths, node));
  }

  describe(node: number): HeapObject {
    const { graph } = this;
    return {
      node,
      id: graph.idOf(node),
      kind: graph.kindOf(node),
      type: graph.classNameOf(node),
      name: this.words.nameNode(node),
      shallowBytes: graph.shallowSizeBytes(node),
      retainedBytes: graph.retainedSizeBytes(node),
    };
  }
}
