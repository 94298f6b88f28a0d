import { describeNode, type NodeKind } from '../snapshot/node-naming.js';
import type { SnapshotLayout } from '../snapshot/snapshot-layout.js';
import { type ClassRow, sumClasses } from './class-rows.js';
import { type DominatedLists, listDominated } from './dominated-lists.js';
import { buildDominatorTree, type DominatorTree } from './dominator-tree.js';
import { EdgeOwners } from './edge-owners.js';
import { isEssentialEdge } from './edge-policy.js';
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
import { classifyNodes } from './node-classes.js';
import { type NodeLocation, NodeLocations } from './node-locations.js';
import { moveSizesToOwners } from './owned-sizes.js';
import { type ReadHeap, readHeapColumns } from './read-heap-columns.js';
import { Retainers } from './retainers.js';
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
export class HeapGraph implements Disposable {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** The node from which all others hang. */
  readonly root = ROOT;
  private readonly heap: ReadHeap;
  private readonly tree: DominatorTree;
  private readonly special: SpecialNodes;
  private readonly retainers: Retainers;
  private readonly made: MadeOnDemand = {};
  private idle: WeakRef<Scratch>;

  private constructor({ heap, tree, special, scratch }: OpenedHeap) {
    this.idle = new WeakRef(scratch);
    this.heap = heap;
    this.retainers = new Retainers(heap);
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

  /** A number for the name: V8 gives the same to equal texts, so that they can be compared without being read. */
  nameNumberOf(node: number): number {
    return this.heap.nodes.names[node] as number;
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
    const distance = this.paths(false).distances[node] as number;
    return distance < 0 ? null : distance;
  }

  /** The last edge of a shortest path to the node, from a global where there is one; null for the root and unreached. */
  parentOf(node: number): { readonly edge: number; readonly from: number } | null {
    const edge = this.paths(true).parentEdges?.[node] ?? -1;
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

  /**
   * Visits what refers to the node, weak edges included. The first calls look through all edges (1 ms per million);
   * those after them ask an index of four bytes per edge.
   */
  forEachRetainer(node: number, visit: (edge: number, from: number, type: HeapEdgeType) => void): void {
    const { owners } = this;
    this.retainers.forEach(node, (edge) => visit(edge, owners.ownerOf(edge), this.edgeTypeOf(edge)));
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

  /**
   * The same as a number: an index, or one for the name as in {@link nameNumberOf}. Names are read from the text, 256
   * edges at a time: ask in the order of the edges where there are many.
   */
  edgeNameNumberOf(edge: number): number {
    return this.heap.edgeNames.get(edge);
  }

  /** Whether the edge counts for dominators and retained sizes; see edge-policy.ts. */
  isEssential(edge: number): boolean {
    const from = this.owners.ownerOf(edge);
    return isEssentialEdge(this.heap.edges[edge] as number, { from, root: ROOT, page: this.tree.page });
  }

  /** Where the function, or the object's class, stands; null for most nodes. */
  locationOf(node: number): NodeLocation | null {
    return this.locations?.get(node) ?? null;
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

  private describeEdge(
    edge: number,
    { from, to, type }: { from: number; to: number; type: HeapEdgeType },
  ): HeapEdge {
    const { page } = this.tree;
    const isEssential = isEssentialEdge(this.heap.edges[edge] as number, { from, root: ROOT, page });
    return { edge, type, name: this.edgeNameOf(edge), from, to, isEssential };
  }

  private sumClasses(): readonly ClassRow[] {
    const { heap, tree, owned, scratch } = this;
    const classes = classifyNodes(heap, heap.strings, scratch);
    const children = this.made.dominated ?? listDominated(tree.dominators, ROOT, scratch);
    const rows = sumClasses({ nodes: heap.nodes, classes, owned, tree, children, root: ROOT, scratch });
    // The rows are kept, and hardly anyone asks twice for what they were made of.
    scratch.give(classes.rowOf);
    if (this.made.dominated === undefined) scratch.give(children.starts, children.list);
    return rows;
  }

  private get owners(): EdgeOwners {
    this.made.owners ??= new EdgeOwners(this.heap.nodes.firstEdges);
    return this.made.owners;
  }

  private get dominated(): DominatedLists {
    this.made.dominated ??= listDominated(this.tree.dominators, ROOT, this.scratch);
    return this.made.dominated;
  }

  private get owned(): SizeColumn {
    this.made.owned ??= moveSizesToOwners(this.heap, { ...this.special, root: ROOT }, this.scratch);
    return this.made.owned;
  }

  private get locations(): NodeLocations | null {
    const { layout, store, locationsOffset, textBytes } = this.heap;
    if (locationsOffset === null) return null;
    this.made.locations ??= new NodeLocations(layout, store, { from: locationsOffset, to: textBytes });
    return this.made.locations;
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
  owners?: EdgeOwners;
  dominated?: DominatedLists;
  owned?: SizeColumn;
  rows?: readonly ClassRow[];
  locations?: NodeLocations;
  paths?: ShortestPaths;
}

interface OpenedHeap {
  readonly heap: ReadHeap;
  readonly tree: DominatorTree;
  readonly special: SpecialNodes;
  readonly scratch: Scratch;
}
