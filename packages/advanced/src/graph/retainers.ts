import { TARGET_MASK } from './edge-word.js';
import type { Graph } from './heap-columns.js';

/**
 * So many questions are answered by looking at all edges, 1 ms per million of them. An index takes as long to make as
 * about so many looks, and eight bytes per node and edge, which a few paths are not worth.
 */
const LOOKS_BEFORE_INDEX = 12;

/** The edges that lead to a node. */
export class Retainers {
  private readonly graph: Graph;
  private looks = 0;
  private index: RetainerIndex | null = null;

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /** Visits them in ascending order, weak ones included. */
  forEach(node: number, visit: (edge: number) => void): void {
    if (this.index === null && this.looks++ < LOOKS_BEFORE_INDEX) {
      this.look(node, visit);
      return;
    }
    this.index ??= indexRetainers(this.graph);
    const { starts, list } = this.index;
    const end = starts[node + 1] as number;
    for (let at = starts[node] as number; at < end; at++) visit(list[at] as number);
  }

  private look(node: number, visit: (edge: number) => void): void {
    const { edges } = this.graph;
    for (
      let edge = nextEdgeTo(node, edges, 0);
      edge < edges.length;
      edge = nextEdgeTo(node, edges, edge + 1)
    ) {
      visit(edge);
    }
  }
}

/**
 * The first edge to the node from a place on; a loop of its own, so that no caller's visitor slows it down. Four edges at a
 * time: less one, what is left of a word is negative only where nothing was left.
 */
function nextEdgeTo(node: number, edges: Int32Array, from: number): number {
  const { length } = edges;
  const last = length - 3;
  let edge = from;
  while (edge < last) {
    const first = (((edges[edge] as number) ^ node) & TARGET_MASK) - 1;
    const second = (((edges[edge + 1] as number) ^ node) & TARGET_MASK) - 1;
    const third = (((edges[edge + 2] as number) ^ node) & TARGET_MASK) - 1;
    const fourth = (((edges[edge + 3] as number) ^ node) & TARGET_MASK) - 1;
    if ((first | second | third | fourth) < 0) break;
    edge += 4;
  }
  while (edge < length && (((edges[edge] as number) ^ node) & TARGET_MASK) !== 0) edge++;
  return edge;
}

/** The edges to node n: `list[starts[n]]` to `list[starts[n + 1] - 1]`. */
interface RetainerIndex {
  readonly starts: Int32Array;
  readonly list: Int32Array;
}

function indexRetainers({ nodes, edges }: Graph): RetainerIndex {
  const { count } = nodes;
  const starts = new Int32Array(count + 1);
  const { length } = edges;
  for (let edge = 0; edge < length; edge++) {
    const to = (edges[edge] as number) & TARGET_MASK;
    starts[to] = (starts[to] as number) + 1;
  }
  let sum = 0;
  for (let node = 0; node < count; node++) {
    sum += starts[node] as number;
    starts[node] = sum;
  }
  starts[count] = sum;
  const list = new Int32Array(length);
  // From the last edge to the first: each start is then where it belongs, and no second array was needed.
  for (let edge = length - 1; edge >= 0; edge--) {
    const to = (edges[edge] as number) & TARGET_MASK;
    const place = (starts[to] as number) - 1;
    starts[to] = place;
    list[place] = edge;
  }
  return { starts, list };
}
