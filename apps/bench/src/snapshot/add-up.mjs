/** Sizes added up along a dominator tree, in which the root is its own parent: the plainest way, by depth. */
export function addUp(dominators, sizeOf) {
  const depths = new Int32Array(dominators.length).fill(-1);
  const trail = [];
  for (let node = 0; node < dominators.length; node++) {
    let at = node;
    while (depths[at] < 0 && dominators[at] !== at) {
      trail.push(at);
      at = dominators[at];
    }
    if (depths[at] < 0) depths[at] = 0;
    while (trail.length > 0) {
      const below = trail.pop();
      depths[below] = depths[dominators[below]] + 1;
    }
  }
  const sums = Float64Array.from(dominators, (_, node) => sizeOf(node));
  const deepestFirst = Uint32Array.from(dominators.keys()).sort((a, b) => depths[b] - depths[a]);
  for (const node of deepestFirst) if (dominators[node] !== node) sums[dominators[node]] += sums[node];
  return sums;
}
