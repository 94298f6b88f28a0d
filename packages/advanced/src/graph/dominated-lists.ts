import type { Scratch } from './scratch.js';

/** The children of each node in the tree of dominators: `list[starts[n]]` to `list[starts[n + 1] - 1]`, ascending. */
export interface DominatedLists {
  readonly starts: Int32Array;
  readonly list: Int32Array;
}

/** Eight bytes per node. The root is nobody's child. */
export function listDominated(dominators: Int32Array, root: number, scratch: Scratch): DominatedLists {
  const count = dominators.length;
  const starts = scratch.take().fill(0);
  for (let node = 0; node < count; node++) {
    const dominator = dominators[node] as number;
    if (node !== root) starts[dominator] = (starts[dominator] as number) + 1;
  }
  let sum = 0;
  for (let node = 0; node < count; node++) {
    sum += starts[node] as number;
    starts[node] = sum;
  }
  starts[count] = sum;
  const list = scratch.take();
  for (let node = count - 1; node >= 0; node--) {
    if (node === root) continue;
    const dominator = dominators[node] as number;
    const place = (starts[dominator] as number) - 1;
    starts[dominator] = place;
    list[place] = node;
  }
  return { starts, list };
}
