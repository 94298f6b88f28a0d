import type { BitSet } from './bit-set.js';
import { type DepthFirstOrder, numberDepthFirst, type WalkStart } from './depth-first-order.js';
import { findDominators } from './dominators.js';
import type { Graph } from './heap-columns.js';
import { listPredecessors } from './predecessors.js';
import type { Scratch } from './scratch.js';
import { SizeColumn } from './size-column.js';

/** Who dominates whom, by node, and how much each keeps alive. */
export interface DominatorTree {
  /** The root is its own. */
  readonly dominators: Int32Array;
  readonly retained: SizeColumn;
  /** What the program's globals reach; see edge-policy.ts. */
  readonly page: BitSet;
}

/** `step` is called between the steps, with what comes next. */
export async function buildDominatorTree(
  graph: Graph,
  start: WalkStart,
  { scratch, step }: { readonly scratch: Scratch; readonly step: (phase: string) => Promise<void> },
): Promise<DominatorTree> {
  await step('walk');
  const order = numberDepthFirst(graph, start, scratch);
  await step('reverse edges');
  const predecessors = listPredecessors(graph, order, scratch);
  await step('dominators');
  const dominators = findDominators(order, predecessors, scratch);
  await step('retained sizes');
  const sums = doublesOver(predecessors.list, order.count);
  const tree = addUpRetained(graph, { order, dominators, root: start.root, sums, scratch });
  scratch.adopt(predecessors.list);
  return tree;
}

const UNREACHED = -1;
const WRAP = 2 ** 32;

interface Numbered {
  readonly order: DepthFirstOrder;
  readonly dominators: Int32Array;
  readonly root: number;
  readonly sums: Float64Array;
  readonly scratch: Scratch;
}

/** The list of predecessors is done with, and long enough in most heaps. */
function doublesOver(list: Int32Array, count: number): Float64Array {
  return list.length >= count * 2 ? new Float64Array(list.buffer, 0, count) : new Float64Array(count);
}

/** A dominator has a smaller number than what it dominates: one pass from the largest number down adds all up. */
function addUpRetained({ nodes }: Graph, numbered: Numbered): DominatorTree {
  const { order, dominators, root, sums, scratch } = numbered;
  const { count, vertices } = order;
  for (let number = 0; number < count; number++) sums[number] = nodes.sizes.get(vertices[number] as number);
  for (let number = count - 1; number > 0; number--) {
    const dominator = dominators[number] as number;
    sums[dominator] = (sums[dominator] as number) + (sums[number] as number);
  }
  const byNode = scratch.take().fill(UNREACHED);
  const low = scratch.take();
  const retained = new SizeColumn(new Uint32Array(low.buffer, low.byteOffset, nodes.count));
  for (let number = 0; number < count; number++) {
    const node = vertices[number] as number;
    const sum = sums[number] as number;
    byNode[node] = vertices[dominators[number] as number] as number;
    retained.low[node] = sum;
    if (sum >= WRAP) retained.set(node, sum);
  }
  let total = sums[0] as number;
  if (count < nodes.count) total += hangUnderRoot(nodes, root, { byNode, retained });
  retained.set(root, total);
  scratch.give(vertices, dominators);
  return { dominators: byNode.subarray(0, nodes.count), retained, page: order.page };
}

/** Nodes without a number are those held only by each other. Returns their sizes, added up. */
function hangUnderRoot(
  nodes: Graph['nodes'],
  root: number,
  { byNode, retained }: { byNode: Int32Array; retained: SizeColumn },
): number {
  let sizeBytes = 0;
  for (let node = 0; node < nodes.count; node++) {
    if (byNode[node] !== UNREACHED) continue;
    const size = nodes.sizes.get(node);
    byNode[node] = root;
    retained.set(node, size);
    sizeBytes += size;
  }
  return sizeBytes;
}
