import { TARGET_MASK } from './edge-word.js';
import type { Graph } from './heap-columns.js';

/** The edges that lead to a node: `edges[starts[n]]` to `edges[starts[n + 1] - 1]`, ascending. Weak ones are among them. */
export interface RetainerIndex {
  readonly starts: Int32Array;
  readonly edges: Int32Array;
}

/** Four bytes per edge and per node. */
export function indexRetainers({ nodes, edges }: Graph): RetainerIndex {
  const { count } = nodes;
  const starts = new Int32Array(count + 1);
  const edgeCount = edges.length;
  for (let edge = 0; edge < edgeCount; edge++) {
    const to = (edges[edge] as number) & TARGET_MASK;
    starts[to] = (starts[to] as number) + 1;
  }
  let sum = 0;
  for (let node = 0; node < count; node++) {
    sum += starts[node] as number;
    starts[node] = sum;
  }
  starts[count] = sum;
  const list = new Int32Array(edgeCount);
  // From the last edge to the first: each start is then where it belongs, and no second array was needed.
  for (let edge = edgeCount - 1; edge >= 0; edge--) {
    const to = (edges[edge] as number) & TARGET_MASK;
    const place = (starts[to] as number) - 1;
    starts[to] = place;
    list[place] = edge;
  }
  return { starts, edges: list };
}
