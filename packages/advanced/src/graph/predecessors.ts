import type { DepthFirstOrder } from './depth-first-order.js';
import { isEssentialRootEdge } from './edge-policy.js';
import { RETAINING_BELOW, TARGET_MASK } from './edge-word.js';
import type { Graph } from './heap-columns.js';
import type { Scratch } from './scratch.js';

/** Who holds a node, by numbers of a depth-first walk, along essential edges. */
export interface Predecessors {
  /** Of number w: `list[starts[w]]` to `list[starts[w + 1] - 1]`. None are listed where there is but the parent. */
  readonly starts: Int32Array;
  readonly list: Int32Array;
}

/** Reverses the edges: the walk has counted how many lead to each node, so that each has its place. */
export function listPredecessors(
  { nodes, edges }: Graph,
  order: DepthFirstOrder,
  scratch: Scratch,
): Predecessors {
  const { count: nodeCount, firstEdges } = nodes;
  const { count, numbers, vertices, joins: places } = order;
  const { words: owned } = order.page;
  const root = vertices[0] as number;
  const starts = scratch.take();
  let length = 0;
  for (let number = 0; number < count; number++) {
    const node = vertices[number] as number;
    const joins = places[node] as number;
    starts[number] = length;
    // Where only the walk leads there, as to most nodes, its tree says all.
    places[node] = joins > 0 ? length : -1;
    if (joins > 0) length += joins + 1;
  }
  starts[count] = length;
  const list = new Int32Array(length);
  const put = (to: number, number: number) => {
    const place = places[to] as number;
    if (place < 0) return;
    list[place] = number;
    places[to] = place + 1;
  };
  for (let from = 0; from < nodeCount; from++) {
    const number = numbers[from] as number;
    if (number <= 0) continue;
    const end = firstEdges[from + 1] as number;
    const goesAnywhere = ((owned[from >>> 5] as number) & (1 << (from & 31))) !== 0;
    for (let edge = firstEdges[from] as number; edge < end; edge++) {
      const word = edges[edge] as number;
      const to = word & TARGET_MASK;
      if (word >>> 0 >= RETAINING_BELOW || to === from) continue;
      if (goesAnywhere || ((owned[to >>> 5] as number) & (1 << (to & 31))) === 0) put(to, number);
    }
  }
  const end = firstEdges[root + 1] as number;
  for (let edge = firstEdges[root] as number; edge < end; edge++) {
    const word = edges[edge] as number;
    if (isEssentialRootEdge(word, root)) put(word & TARGET_MASK, 0);
  }
  scratch.give(places, numbers);
  return { starts, list };
}
