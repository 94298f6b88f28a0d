import type { BitSet } from './bit-set.js';
import { isEssentialEdge } from './edge-policy.js';
import {
  ELEMENT_EDGE,
  type HeapEdgeType,
  HIDDEN_EDGE,
  heapEdgeTypes,
  TARGET_MASK,
  typeOfEdgeWord,
} from './edge-word.js';
import type { HeapEdge } from './heap-edge.js';
import { NodeQuestions } from './node-questions.js';
import type { ReadHeap } from './read-heap-columns.js';
import { Retainers } from './retainers.js';

/** What can be asked of a node's neighbours and the edges between them. */
export class EdgeQuestions extends NodeQuestions {
  readonly edgeCount: number;
  /** The node from which all others hang. */
  readonly root = 0;
  private readonly page: BitSet;
  private readonly retainers: Retainers;

  /** @internal `page`: what the program's globals reach. */
  protected constructor(heap: ReadHeap, page: BitSet) {
    super(heap);
    this.edgeCount = heap.edges.length;
    this.page = page;
    this.retainers = new Retainers(heap);
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
    const { owners } = this.heap;
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
    const from = this.heap.owners.ownerOf(edge);
    return isEssentialEdge(this.heap.edges[edge] as number, { from, root: this.root, page: this.page });
  }

  private describeEdge(
    edge: number,
    { from, to, type }: { from: number; to: number; type: HeapEdgeType },
  ): HeapEdge {
    const { page } = this;
    const isEssential = isEssentialEdge(this.heap.edges[edge] as number, { from, root: this.root, page });
    return { edge, type, name: this.edgeNameOf(edge), from, to, isEssential };
  }
}
