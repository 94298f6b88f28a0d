import { describeNode, type NodeKind } from '../snapshot/node-naming.js';
import type { SnapshotLayout } from '../snapshot/snapshot-layout.js';
import { type ClassRow, sumClasses } from './class-rows.js';
import { type DominatedLists, listDominated } from './dominated-lists.js';
import { buildDominatorTree, type DominatorTree } from './dominator-tree.js';
import { EdgeOwners } from './edge-owners.js';
import { markNonEssentialEdges } from './edge-policy.js';
import {
  ELEMENT_EDGE,
  type HeapEdgeType,
  HIDDEN_EDGE,
  heapEdgeTypes,
  TARGET_MASK,
  typeOfEdgeWord,
} from './edge-word.js';
import { GraphSteps, type OpenGraphOptions } from './graph-progress.js';
import type { HeapEdge } from './heap-edge.js';
import { classifyNodes, type NodeClasses } from './node-classes.js';
import { type NodeLocation, readLocations } from './node-locations.js';
import { moveSizesToOwners } from './owned-sizes.js';
import { findPageOwned } from './page-owned.js';
import { type ReadHeap, readHeapColumns } from './read-heap-columns.js';
import { indexRetainers, type RetainerIndex } from './retainer-index.js';
import { findShortestPaths, type ShortestPaths } from './shortest-paths.js';
import type { SizeColumn } from './size-column.js';
import { openSnapshotSource, type SnapshotSource } from './snapshot-source.js';
import { findSpecialNodes, type SpecialNodes } from './special-nodes.js';

const ROOT = 0;
const STEPS = 6;

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
export class HeapGraph implements Disposable {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** The node from which all others hang. */
  readonly root = ROOT;
  private readonly heap: ReadHeap;
  private readonly tree: DominatorTree;
  private readonly special: SpecialNodes;
  private made: MadeOnDemand = {};

  private constructor(heap: ReadHeap, tree: DominatorTree, special: SpecialNodes) {
    this.heap = heap;
    this.tree = tree;
    this.special = special;
    this.nodeCount = heap.nodes.count;
    this.edgeCount = heap.edges.length;
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
      await steps.begin('edges that retain');
      const special = findSpecialNodes(heap, heap.strings, ROOT);
      markNonEssentialEdges(heap, ROOT, findPageOwned(heap, ROOT, special.domTrees));
      const tree = await buildDominatorTree(heap, ROOT, (phase) => steps.begin(phase));
      return new HeapGraph(heap, tree, special);
    } catch (error) {
      heap?.store.close();
      throw error;
    } finally {
      if (heap === null || opened.plainDescriptor === null) opened.close();
    }
  }

  /** What the snapshot says of its own format: names of types and fields. */
  get layout(): SnapshotLayout {
    return this.heap.layout;
  }

  /** Shallow sizes of all nodes. */
  get totalBytes(): number {
    return this.tree.retained.get(ROOT);
  }

  /** V8's name of the node's type: `object`, `closure`, `hidden`, `synthetic`, … */
  typeOf(node: number): string {
    return this.layout.nodeTypes[this.heap.nodes.types[node] as number] as string;
  }

  /** V8's name of the node: a constructor, a function's name, a string's text (at most 1024 characters). */
  nameOf(node: number): string {
    return this.heap.strings.get(this.heap.nodes.names[node] as number);
  }

  /** The name of the node's row in {@link classes} and in the histogram. */
  classNameOf(node: number): string {
    const type = this.typeOf(node);
    return describeNode(type, type === 'string' ? '' : this.nameOf(node))?.name ?? '(synthetic)';
  }

  /** What kind of row that is; `synthetic` for roots. */
  kindOf(node: number): NodeKind | 'synthetic' {
    const type = this.typeOf(node);
    return describeNode(type, type === 'string' ? '' : this.nameOf(node))?.kind ?? 'synthetic';
  }

  /** V8's id of the object, which later snapshots of the same open session repeat. */
  idOf(node: number): number {
    return this.heap.nodes.ids[node] as number;
  }

  /** Null when no object has that id. Cost: one pass over the ids, 1 ms per million nodes. */
  nodeById(id: number): number | null {
    const node = this.heap.nodes.ids.indexOf(id);
    return node < 0 ? null : node;
  }

  shallowSizeBytes(node: number): number {
    return this.heap.nodes.sizes.get(node);
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
    const { starts, list } = this.dominated;
    return list.subarray(starts[node] as number, starts[node + 1] as number);
  }

  /**
   * Edges from a global of the program, which itself has 1; from 100,000,000 on for what only the system reaches, as
   * Chrome DevTools counts; null for what no path leads to.
   */
  distanceOf(node: number): number | null {
    const distance = this.paths.distances[node] as number;
    return distance < 0 ? null : distance;
  }

  /** The last edge of a shortest path to the node, from a global where there is one; null for the root and unreached. */
  parentOf(node: number): { readonly edge: number; readonly from: number } | null {
    const edge = this.paths.parentEdges[node] as number;
    return edge < 0 ? null : { edge, from: this.owners.ownerOf(edge) };
  }

  /** Whether the embedder (Chrome's DOM) still shows the object. */
  detachednessOf(node: number): 'unknown' | 'attached' | 'detached' {
    const state = this.heap.nodes.detachedness.get(node) ?? 0;
    return state === 2 ? 'detached' : state === 1 ? 'attached' : 'unknown';
  }

  /** Visits what the node refers to. Allocates nothing. */
  forEachEdge(node: number, visit: (edge: number, to: number, type: HeapEdgeType) => void): void {
    const { nodes, edges } = this.heap;
    const end = nodes.firstEdges[node + 1] as number;
    for (let edge = nodes.firstEdges[node] as number; edge < end; edge++) {
      const word = edges[edge] as number;
      visit(edge, word & TARGET_MASK, heapEdgeTypes[typeOfEdgeWord(word)] as HeapEdgeType);
    }
  }

  /** Visits what refers to the node, weak edges included. Allocates nothing; the first call indexes all edges. */
  forEachRetainer(node: number, visit: (edge: number, from: number, type: HeapEdgeType) => void): void {
    const { starts, edges } = this.retainers;
    const end = starts[node + 1] as number;
    for (let at = starts[node] as number; at < end; at++) {
      const edge = edges[at] as number;
      visit(edge, this.owners.ownerOf(edge), this.edgeTypeOf(edge));
    }
  }

  /** What the node refers to, with names. */
  edgesOf(node: number): HeapEdge[] {
    const found: HeapEdge[] = [];
    this.forEachEdge(node, (edge, to, type) => found.push(this.describeEdge(edge, { from: node, to, type })));
    return found;
  }

  /** What refers to the node, with names. */
  retainersOf(node: number): HeapEdge[] {
    const found: HeapEdge[] = [];
    this.forEachRetainer(node, (edge, from, type) =>
      found.push(this.describeEdge(edge, { from, to: node, type })),
    );
    return found;
  }

  edgeTypeOf(edge: number): HeapEdgeType {
    return heapEdgeTypes[typeOfEdgeWord(this.heap.edges[edge] as number)] as HeapEdgeType;
  }

  /** A property's or variable's name; a number for elements and hidden edges. */
  edgeNameOf(edge: number): string | number {
    const type = typeOfEdgeWord(this.heap.edges[edge] as number);
    const name = this.heap.edgeNames.get(edge);
    return type === ELEMENT_EDGE || type === HIDDEN_EDGE ? name : this.heap.strings.get(name);
  }

  /** Whether the edge counts for dominators and retained sizes; see edge-policy.ts. */
  isEssential(edge: number): boolean {
    return (this.heap.edges[edge] as number) >= 0;
  }

  /** Where the function, or the object's class, stands; null for most nodes. */
  locationOf(node: number): NodeLocation | null {
    return this.locations.get(node) ?? null;
  }

  /** All classes, those that retain most first. */
  classes(): readonly ClassRow[] {
    this.made.rows ??= sumClasses({
      nodes: this.heap.nodes,
      classes: this.nodeClasses,
      owned: this.owned,
      tree: this.tree,
      children: this.dominated,
      root: ROOT,
    });
    return this.made.rows;
  }

  /** Closes the file. Sizes and edges can still be asked for, names no longer. */
  [Symbol.dispose](): void {
    this.heap.store.close();
  }

  private describeEdge(
    edge: number,
    { from, to, type }: { from: number; to: number; type: HeapEdgeType },
  ): HeapEdge {
    return { edge, type, name: this.edgeNameOf(edge), from, to, isEssential: this.isEssential(edge) };
  }

  private get retainers(): RetainerIndex {
    this.made.retainers ??= indexRetainers(this.heap);
    return this.made.retainers;
  }

  private get owners(): EdgeOwners {
    this.made.owners ??= new EdgeOwners(this.heap.nodes.firstEdges);
    return this.made.owners;
  }

  private get dominated(): DominatedLists {
    this.made.dominated ??= listDominated(this.tree.dominators, ROOT);
    return this.made.dominated;
  }

  private get owned(): SizeColumn {
    this.made.owned ??= moveSizesToOwners(this.heap, this.special, ROOT);
    return this.made.owned;
  }

  private get nodeClasses(): NodeClasses {
    this.made.classes ??= classifyNodes(this.heap, this.heap.strings);
    return this.made.classes;
  }

  private get locations(): ReadonlyMap<number, NodeLocation> {
    const { layout, store, locationsOffset, textBytes } = this.heap;
    this.made.locations ??=
      locationsOffset === null
        ? new Map()
        : readLocations(layout, store, { from: locationsOffset, to: textBytes });
    return this.made.locations;
  }

  private get paths(): ShortestPaths {
    const { special, heap } = this;
    this.made.paths ??= findShortestPaths(heap, {
      root: ROOT,
      isUserRoot: special.isUserRoot,
      pairs: heap.pairs,
      edgeName: (edge) => String(this.edgeNameOf(edge)),
      isMisleading: (from) => {
        // The function maps of a context, and descriptors that other maps share, name no path to what they hold.
        if (special.isNativeContext(from)) return (edge) => this.edgeNameOf(edge) === 'sloppy_function_map';
        if (!special.isMapDescriptors(from)) return null;
        return (edge) => {
          const index = Number(this.edgeNameOf(edge));
          return index >= 2 && index % 3 === 1;
        };
      },
    });
    return this.made.paths;
  }
}

interface MadeOnDemand {
  retainers?: RetainerIndex;
  owners?: EdgeOwners;
  dominated?: DominatedLists;
  owned?: SizeColumn;
  classes?: NodeClasses;
  rows?: readonly ClassRow[];
  locations?: ReadonlyMap<number, NodeLocation>;
  paths?: ShortestPaths;
}
