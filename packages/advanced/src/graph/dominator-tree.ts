import { type DepthFirstOrder, numberDepthFirst } from './depth-first-order.js';
import { findDominators } from './dominators.js';
import type { Graph } from './heap-columns.js';
import { listPredecessors } from './predecessors.js';
import { Scratch } from './scratch.js';
import { SizeColumn } from './size-column.js';

/** Who dominates whom, by node, and how much each keeps alive. */
export interface DominatorTree {
  /** The root is its own. */
  readonly dominators: Int32Array;
  readonly retained: SizeColumn;
}

/** @param step called between the steps, with what comes next */
export async function buildDominatorTree(
  graph: Graph,
  root: number,
  step: (phase: string) => Promise<void>,
): Promise<DominatorTree> {
  const scratch = new Scratch(graph.nodes.count + 1);
  await step('walk');
  const order = numberDepthFirst(graph, root, scratch);
  await step('reverse edges');
  const predecessors = listPredecessors(graph, order, scratch);
  scratch.give(order.numbers);
  await step('dominators');
  const dominators = findDominators(order, predecessors, scratch);
  await step('retained sizes');
  const sums = doublesOver(predecessors.list, order.count);
  return addUpRetained(graph, { order, dominators, root, sums, scratch });
}

const UNREACHED = -1;

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
  // Nodes without a number are those held only by each other.
  const byNode = scratch.take().fill(UNREACHED);
  const low = scratch.take();
  const retained = new SizeColumn(new Uint32Array(low.buffer, 0, nodes.count));
  for (let number = 0; number < count; number++) {
    const node = vertices[number] as number;
    byNode[node] = vertices[dominators[number] as number] as number;
    if (number > 0) retained.set(node, sums[number] as number);
  }
  let total = sums[0] as number;
  for (let node = 0; node < nodes.count && count < nodes.count; node++) {
    if (byNode[node] !== UNREACHED) continue;
    byNode[node] = root;
    const size = nodes.sizes.get(node);
    retained.set(node, size);
    total += size;
  }
  retained.set(root, total);
  return { dominators: byNode.subarray(0, nodes.count), retained };
}
