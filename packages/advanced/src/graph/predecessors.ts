import type { DepthFirstOrder } from './depth-first-order.js';
import { TARGET_MASK } from './edge-word.js';
import type { Graph } from './heap-columns.js';
import type { Scratch } from './scratch.js';

/** Who holds a node, by numbers of a depth-first walk, along essential edges. */
export interface Predecessors {
  /** Of number w: `list[starts[w]]` to `list[starts[w + 1] - 1]`. None are listed where there is but the parent. */
  readonly starts: Int32Array;
  readonly list: Int32Array;
}

/** Reverses the edges by counting: how many lead to each node, then each to its place. */
export function listPredecessors(
  { nodes, edges }: Graph,
  order: DepthFirstOrder,
  scratch: Scratch,
): Predecessors {
  const { count: nodeCount, firstEdges } = nodes;
  const { count, numbers, vertices } = order;
  const places = scratch.take().fill(0);
  for (let from = 0; from < nodeCount; from++) {
    if ((numbers[from] as number) < 0) continue;
    const end = firstEdges[from + 1] as number;
    for (let edge = firstEdges[from] as number; edge < end; edge++) {
      const word = edges[edge] as number;
      if (word >= 0) places[word & TARGET_MASK] = (places[word & TARGET_MASK] as number) + 1;
    }
  }
  const starts = scratch.take();
  let length = 0;
  for (let number = 0; number < count; number++) {
    const node = vertices[number] as number;
    const held = places[node] as number;
    starts[number] = length;
    // The one edge is the one by which the walk came: half of all nodes need no list.
    places[node] = held > 1 ? length : -1;
    if (held > 1) length += held;
  }
  starts[count] = length;
  const list = new Int32Array(length);
  for (let from = 0; from < nodeCount; from++) {
    const number = numbers[from] as number;
    if (number < 0) continue;
    const end = firstEdges[from + 1] as number;
    for (let edge = firstEdges[from] as number; edge < end; edge++) {
      const word = edges[edge] as number;
      if (word < 0) continue;
      const place = places[word & TARGET_MASK] as number;
      if (place < 0) continue;
      list[place] = number;
      places[word & TARGET_MASK] = place + 1;
    }
  }
  scratch.give(places);
  return { starts, list };
}
