import type { DepthFirstOrder, Graph } from './depth-first-order.js';
import { numberDepthFirst } from './depth-first-order.js';
import { findDominators } from './dominators.js';
import { listPredecessors } from './predecessors.js';
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
  await step('walk');
  const order = numberDepthFirst(graph, root);
  await step('reverse edges');
  const predecessors = listPredecessors(graph, order);
  await step('dominators');
  const dominators = findDominators(order, predecessors);
  await step('retained sizes');
  return addUpRetained(graph, { order, dominators, root });
}

interface Numbered {
  readonly order: DepthFirstOrder;
  readonly dominators: Int32Array;
  readonly root: number;
}

/** A dominator has a smaller number than what it dominates: one pass from the largest number down adds all up. */
function addUpRetained({ nodes }: Graph, { order, dominators, root }: Numbered): DominatorTree {
  const { count, vertices, numbers } = order;
  const sums = new Float64Array(count);
  for (let number = 0; number < count; number++) sums[number] = nodes.sizes.get(vertices[number] as number);
  for (let number = count - 1; number > 0; number--) {
    const dominator = dominators[number] as number;
    sums[dominator] = (sums[dominator] as number) + (sums[number] as number);
  }
  const byNode = new Int32Array(nodes.count).fill(root);
  const retained = new SizeColumn(new Uint32Array(nodes.count));
  for (let number = 0; number < count; number++) {
    const node = vertices[number] as number;
    byNode[node] = vertices[dominators[number] as number] as number;
    if (number > 0) retained.set(node, sums[number] as number);
  }
  let total = sums[0] as number;
  for (let node = 0; node < nodes.count && count < nodes.count; node++) {
    if ((numbers[node] as number) >= 0) continue;
    const size = nodes.sizes.get(node);
    retained.set(node, size);
    total += size;
  }
  retained.set(root, total);
  return { dominators: byNode, retained };
}
