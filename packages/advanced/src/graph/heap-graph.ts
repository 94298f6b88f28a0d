import { type ClassRow, sumClasses } from './class-rows.js';
import { childrenOf, type DominatedLists, listDominated } from './dominated-lists.js';
import { buildDominatorTree, type DominatorTree } from './dominator-tree.js';
import { EdgeQuestions } from './edge-questions.js';
import { GraphSteps, type OpenGraphOptions } from './graph-progress.js';
import { classifyNodes } from './node-classes.js';
import { moveSizesToOwners } from './owned-sizes.js';
import { type ReadHeap, readHeapColumns } from './read-heap-columns.js';
import { Scratch } from './scratch.js';
import { findShortestPaths, type ShortestPaths } from './shortest-paths.js';
import type { SizeColumn } from './size-column.js';
import { openSnapshotSource, type SnapshotSource } from './snapshot-source.js';
import { findSpecialNodes, type SpecialNodes } from './special-nodes.js';

const ROOT = 0;
const STEPS = 4;

/**
 * A heap snapshot as a graph that can be asked: who holds what, and how much would go with it.
 *
 * Nodes are the numbers 0 to `nodeCount - 1` and edges 0 to `edgeCount - 1`, in the order of the file. Sizes are bytes.
 * Edges, dominators and retained sizes follow the rules of Chrome DevTools (edge-policy.ts).
 *
 * ```ts
 * using graph = await HeapGraph.open('heap.heapsnapshot');
 * for (const { name, count, retainedBytes } of graph.classes().slice(0, 10)) console.log(name, count, retainedBytes);
 * ```
 *
 * What not everybody asks for is made at the first question: retainers, distances, owned sizes, classes, locations.
 */
export class HeapGraph extends EdgeQuestions implements Disposable {
  private readonly tree: DominatorTree;
  private readonly special: SpecialNodes;
  private readonly made: MadeOnDemand = {};
  private idle: WeakRef<Scratch>;

  private constructor({ heap, tree, special, scratch }: OpenedHeap) {
    super(heap, tree.page);
    this.idle = new WeakRef(scratch);
    this.tree = tree;
    this.special = special;
  }

  /**
   * Reads a snapshot and finds dominators and retained sizes.
   *
   * @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT` when it is none or cut short, `ERR_MEMX_IO` when it cannot be read,
   * `ERR_MEMX_UNSUPPORTED` beyond 2^28 nodes or 2^31 edges, `ERR_MEMX_TOO_EXPENSIVE` beyond the machine's memory,
   * `ERR_MEMX_ABORTED` when `signal` says so
   */
  static async open(source: SnapshotSource, options: OpenGraphOptions = {}): Promise<HeapGraph> {
    const steps = new GraphSteps(options, STEPS);
    steps.throwIfAborted();
    const opened = await openSnapshotSource(source);
    let heap: ReadHeap | null = null;
    try {
      heap = await readHeapColumns(opened, {
        tempFolder: options.tempFolder,
        onPiece: () => steps.read(opened.bytesTaken(), opened.totalBytes),
      });
      const special = findSpecialNodes(heap, heap.strings, ROOT);
      const scratch = new Scratch(heap.nodes.count + 1);
      const start = { root: ROOT, domTrees: special.domTrees };
      const tree = await buildDominatorTree(heap, start, { scratch, step: (phase) => steps.begin(phase) });
      return new HeapGraph({ heap, tree, special, scratch });
    } catch (error) {
      heap?.store.close();
      throw error;
    } finally {
      if (heap === null || opened.plainDescriptor === null) opened.close();
    }
  }

  /** Shallow sizes of all nodes. */
  get totalBytes(): number {
    return this.tree.retained.get(ROOT);
  }

  /** The shallow size as Chrome DevTools shows it: with storage that only this object reaches (see owned-sizes.ts). */
  ownedSizeBytes(node: number): number {
    return this.owned.get(node);
  }

  /** What would be freed with the node: the shallow sizes of all that it dominates, and its own. */
  retainedSizeBytes(node: number): number {
    return this.tree.retained.get(node);
  }

  /** The nearest node without which this one could not be reached; the root is its own. */
  dominatorOf(node: number): number {
    return this.tree.dominators[node] as number;
  }

  /** The nodes that this one dominates immediately. */
  dominatedBy(node: number): Iterable<number> {
    return childrenOf(this.dominated, node);
  }

  /**
   * Edges from a global of the program, which itself has 1; from 100,000,000 on for what only the system reaches, as
   * Chrome DevTools counts; null for what no path leads to.
   */
  distanceOf(node: number): number | null {
    const distance = this.paths(false).distances[node] as number;
    return distance < 0 ? null : distance;
  }

  /** The last edge of a shortest path to the node, from a global where there is one; null for the root and unreached. */
  parentOf(node: number): { readonly edge: number; readonly from: number } | null {
    const edge = this.paths(true).parentEdges?.[node] ?? -1;
    return edge < 0 ? null : { edge, from: this.heap.owners.ownerOf(edge) };
  }

  /** All classes, those that retain most first. */
  classes(): readonly ClassRow[] {
    this.made.rows ??= this.sumClasses();
    return this.made.rows;
  }

  /** Closes the file. Sizes and edges can still be asked for, names no longer. */
  [Symbol.dispose](): void {
    this.heap.store.close();
  }

  private sumClasses(): readonly ClassRow[] {
    const { heap, tree, owned, scratch } = this;
    const classes = classifyNodes(heap, heap.strings, scratch);
    const children = this.made.dominated ?? listDominated(tree.dominators, ROOT, scratch);
    const rows = sumClasses({ nodes: heap.nodes, classes, owned, tree, children, root: ROOT });
    // The rows are kept, and hardly anyone asks twice for what they were made of.
    scratch.give(classes.rowOf);
    if (this.made.dominated === undefined) scratch.give(children.first, children.next);
    return rows;
  }

  private get dominated(): DominatedLists {
    this.made.dominated ??= listDominated(this.tree.dominators, ROOT, this.scratch);
    return this.made.dominated;
  }

  private get owned(): SizeColumn {
    this.made.owned ??= moveSizesToOwners(this.heap, { ...this.special, root: ROOT }, this.scratch);
    return this.made.owned;
  }

  private paths(withParents: boolean): ShortestPaths {
    const { special, heap, made } = this;
    if (made.paths !== undefined && (made.paths.parentEdges !== null || !withParents)) return made.paths;
    made.paths = findShortestPaths(
      heap,
      {
        root: ROOT,
        isUserRoot: special.isUserRoot,
        pairs: heap.pairs,
        misleading: {
          nodes: special.misleading,
          isMisleading: (from, edge) => this.isMisleading(from, edge),
        },
      },
      { scratch: this.scratch, withParents },
    );
    return made.paths;
  }

  /** DevTools follows neither the function maps of a context, nor the descriptors that other maps share. */
  private isMisleading(from: number, edge: number): boolean {
    const name = this.edgeNameOf(edge);
    if (this.typeOf(from) === 'hidden') return name === 'sloppy_function_map';
    return Number(name) >= 2 && Number(name) % 3 === 1;
  }

  /** What opening the graph has used, as long as no garbage collection has taken it. */
  private get scratch(): Scratch {
    let scratch = this.idle.deref();
    if (scratch === undefined) {
      scratch = new Scratch(this.nodeCount + 1);
      this.idle = new WeakRef(scratch);
    }
    return scratch;
  }
}

interface MadeOnDemand {
  dominated?: DominatedLists;
  owned?: SizeColumn;
  rows?: readonly ClassRow[];
  paths?: ShortestPaths;
}

interface OpenedHeap {
  readonly heap: ReadHeap;
  readonly tree: DominatorTree;
  readonly special: SpecialNodes;
  readonly scratch: Scratch;
}
