import type { DepthFirstOrder } from './depth-first-order.js';
import type { Predecessors } from './predecessors.js';

/**
 * The immediate dominator of each number: a smaller number; 0, the root, is its own.
 *
 * Semi-NCA (Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", 2005), in numbers of the walk
 * throughout. Its second half climbs the tree of dominators; where the plain form goes from parent to parent, and takes
 * quadratic time on a long linked list whose values are also in an array, this one climbs by skew-binary jump pointers
 * (Myers, "An applicative random-access stack", 1983): E log N altogether.
 */
export function findDominators(order: DepthFirstOrder, predecessors: Predecessors): Int32Array {
  const semis = findSemidominators(order, predecessors);
  return climbToDominators(order, semis);
}

function findSemidominators({ count, parents }: DepthFirstOrder, { starts, list }: Predecessors): Int32Array {
  const semis = new Int32Array(count);
  // Least semidominator on the way from a number up to `ancestors[number]`, which the climbs shorten.
  const labels = new Int32Array(count);
  const ancestors = parents.slice(0, count);
  const path = new Int32Array(count);

  const leastOnPath = (number: number, linkedFrom: number): number => {
    let length = 0;
    let at = number;
    while ((ancestors[at] as number) >= linkedFrom) {
      path[length++] = at;
      at = ancestors[at] as number;
    }
    let least = labels[at] as number;
    const ancestor = ancestors[at] as number;
    while (length > 0) {
      at = path[--length] as number;
      if ((labels[at] as number) < least) least = labels[at] as number;
      else labels[at] = least;
      ancestors[at] = ancestor;
    }
    return least;
  };

  for (let number = count - 1; number > 0; number--) {
    let semi = parents[number] as number;
    const end = starts[number + 1] as number;
    for (let at = starts[number] as number; at < end && semi > 0; at++) {
      const from = list[at] as number;
      const least = from <= number ? from : leastOnPath(from, number + 1);
      if (least < semi) semi = least;
    }
    semis[number] = semi;
    labels[number] = semi;
  }
  return semis;
}

/** The dominator is the nearest dominator of the parent, or the parent, that is no larger than the semidominator. */
function climbToDominators({ count, parents }: DepthFirstOrder, semis: Int32Array): Int32Array {
  const dominators = new Int32Array(count);
  const jumps = new Int32Array(count);
  const depths = new Int32Array(count);
  for (let number = 1; number < count; number++) {
    const semi = semis[number] as number;
    let dominator = parents[number] as number;
    while (dominator > semi) {
      const jump = jumps[dominator] as number;
      dominator = jump >= semi ? jump : (dominators[dominator] as number);
    }
    dominators[number] = dominator;
    depths[number] = (depths[dominator] as number) + 1;
    const jump = jumps[dominator] as number;
    const next = jumps[jump] as number;
    const isEven =
      (depths[dominator] as number) - (depths[jump] as number) ===
      (depths[jump] as number) - (depths[next] as number);
    jumps[number] = isEven ? next : dominator;
  }
  return dominators;
}
