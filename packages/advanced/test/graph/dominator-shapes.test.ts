import { describe, expect, it } from 'vitest';
import { buildDominatorTree, type DominatorTree } from '../../src/graph/dominator-tree.js';
import { edgeTypeNumber, edgeWord } from '../../src/graph/edge-word.js';
import type { Graph } from '../../src/graph/heap-columns.js';
import { Scratch } from '../../src/graph/scratch.js';
import { SizeColumn } from '../../src/graph/size-column.js';

const PROPERTY = edgeTypeNumber('property');

/** A heap of which only the shape matters: every node has 7 bytes. */
function graphOf(targets: readonly (readonly number[])[]): Graph {
  const count = targets.length;
  const firstEdges = new Int32Array(count + 1);
  targets.forEach((list, node) => {
    firstEdges[node + 1] = (firstEdges[node] as number) + list.length;
  });
  const edges = new Int32Array(firstEdges[count] as number);
  targets.forEach((list, node) => {
    list.forEach((to, index) => {
      edges[(firstEdges[node] as number) + index] = edgeWord(PROPERTY, to);
    });
  });
  const empty = new Uint32Array(count);
  const sizes = new SizeColumn(new Uint32Array(count).fill(7));
  const detachedness = new Map<number, number>();
  return {
    nodes: { count, types: new Uint8Array(count), names: empty, ids: empty, sizes, firstEdges, detachedness },
    edges,
  };
}

function dominate(targets: readonly (readonly number[])[]): Promise<DominatorTree> {
  const scratch = new Scratch(targets.length + 1);
  return buildDominatorTree(graphOf(targets), { root: 0, domTrees: null }, { scratch, step: async () => {} });
}

const LENGTH = 200_003;
const numbers = (length: number) => Array.from({ length }, (_, index) => index);

describe('buildDominatorTree', () => {
  // Node 0 is the root, 1 the array, 2 to LENGTH + 1 the links, and the rest their values. The plain form of Semi-NCA
  // takes quadratic time here: hours at this length.
  it('goes through a long linked list whose values are also in an array', async () => {
    const value = (index: number) => 2 + LENGTH + index;
    const tree = await dominate([
      [2, 1],
      numbers(LENGTH).map(value),
      ...numbers(LENGTH).map((index) => [...(index + 1 < LENGTH ? [3 + index] : []), value(index)]),
      ...numbers(LENGTH).map(() => []),
    ]);
    expect(numbers(LENGTH).every((index) => tree.dominators[value(index)] === 0)).toBe(true);
    expect(
      numbers(LENGTH).every((index) => tree.dominators[2 + index] === (index === 0 ? 0 : 1 + index)),
    ).toBe(true);
    expect(tree.retained.get(2)).toBe(LENGTH * 7);
    expect(tree.retained.get(1)).toBe(7);
    expect(tree.retained.get(0)).toBe((2 + 2 * LENGTH) * 7);
  });

  it('gives a doubly linked list to what holds its head', async () => {
    const tree = await dominate([
      [1],
      ...numbers(LENGTH).map((index) => {
        const node = 1 + index;
        return [...(index + 1 < LENGTH ? [node + 1] : []), ...(index > 0 ? [node - 1] : [])];
      }),
    ]);
    expect(numbers(LENGTH).every((index) => tree.dominators[1 + index] === index)).toBe(true);
    expect(tree.retained.get(1)).toBe(LENGTH * 7);
  });

  it('hangs both sides of a ladder under the root, since every rung joins them', async () => {
    const rungs = 100_003;
    const left = (index: number) => 1 + 2 * index;
    const right = (index: number) => 2 + 2 * index;
    const next = (index: number, side: (index: number) => number) =>
      index + 1 < rungs ? [side(index + 1)] : [];
    const tree = await dominate([
      [left(0), right(0)],
      ...numbers(rungs).flatMap((index) => [
        [...next(index, left), right(index)],
        [...next(index, right), left(index)],
      ]),
    ]);
    expect(tree.dominators.every((dominator) => dominator === 0)).toBe(true);
  });

  it('agrees with the fixed point of intersections on a random graph of a million nodes', async () => {
    const count = 1_000_003;
    let state = 20_260_617;
    const random = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state % below;
    };
    // Every node is reached from an earlier one, and once more from a node near it, so that ways part and join.
    const targets: number[][] = numbers(count).map(() => []);
    for (let node = 1; node < count; node++) (targets[random(node)] as number[]).push(node);
    for (let extra = 0; extra < count; extra++) {
      const from = random(count);
      (targets[from] as number[]).push(Math.min(count - 1, Math.max(1, from - 40 + random(50))));
    }
    const tree = await dominate(targets);
    expect(firstDifference(tree.dominators, intersectToFixedPoint(targets))).toBe(null);
  }, 120_000);
});

function firstDifference(found: Int32Array, expected: Int32Array): number | null {
  const node = found.findIndex((dominator, index) => dominator !== expected[index]);
  return node < 0 ? null : node;
}

/** Cooper, Harvey and Kennedy's way: another algorithm, without semidominators, run until nothing changes. */
function intersectToFixedPoint(targets: readonly (readonly number[])[]): Int32Array {
  const order = postorder(targets);
  const position = new Int32Array(targets.length);
  order.forEach((node, index) => {
    position[node] = index;
  });
  const sources: number[][] = targets.map(() => []);
  targets.forEach((list, from) => {
    for (const to of list) (sources[to] as number[]).push(from);
  });
  const dominators = new Int32Array(targets.length).fill(-1);
  dominators[0] = 0;
  const meet = (one: number, other: number): number => {
    let [a, b] = [one, other];
    while (a !== b) {
      while ((position[a] as number) < (position[b] as number)) a = dominators[a] as number;
      while ((position[b] as number) < (position[a] as number)) b = dominators[b] as number;
    }
    return a;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let index = order.length - 1; index >= 0; index--) {
      const node = order[index] as number;
      if (node === 0) continue;
      const known = (sources[node] as number[]).filter((from) => dominators[from] !== -1);
      const dominator = known.reduce(meet);
      if (dominators[node] === dominator) continue;
      dominators[node] = dominator;
      changed = true;
    }
  }
  return dominators;
}

function postorder(targets: readonly (readonly number[])[]): number[] {
  const order: number[] = [];
  const next = new Int32Array(targets.length);
  const seen = new Uint8Array(targets.length);
  const stack = [0];
  seen[0] = 1;
  while (stack.length > 0) {
    const node = stack[stack.length - 1] as number;
    const to = (targets[node] as number[])[next[node] as number];
    next[node] = (next[node] as number) + 1;
    if (to === undefined) order.push(stack.pop() as number);
    else if (seen[to] === 0) {
      seen[to] = 1;
      stack.push(to);
    }
  }
  return order;
}
