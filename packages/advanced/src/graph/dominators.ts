import type { DepthFirstOrder } from './depth-first-order.js';
import type { Predecessors } from './predecessors.js';
import type { Scratch } from './scratch.js';

/**
 * The immediate dominator of each number: a smaller number; 0, the root, is its own.
 *
 * Semi-NCA (Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", 2005), in numbers of the walk
 * throughout. Its second half climbs the tree of dominators; where the plain form goes from parent to parent, and takes
 * quadratic time on a long linked list whose values are also in an array, this one climbs by skew-binary jump pointers
 * (Myers, "An applicative random-access stack", 1983): E log N altogether.
 */
export function findDominators(
  order: DepthFirstOrder,
  predecessors: Predecessors,
  scratch: Scratch,
): Int32Array {
  const semis = findSemidominators(order, predecessors, scratch);
  const dominators = climbToDominators(order, semis, scratch);
  scratch.give(semis);
  return dominators;
}

/** Written over the starts of the predecessors' lists, which are needed once each, from the last to the first. */
function findSemidominators(
  { count, parents }: DepthFirstOrder,
  { starts, list }: Predecessors,
  scratch: Scratch,
): Int32Array {
  const semis = starts;
  // Least semidominator on the way from a number up to `ancestors[number]`, which the climbs shorten.
  const labels = scratch.take();
  const ancestors = scratch.take();
  ancestors.set(parents);
  const path = scratch.take();

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

  let end = starts[count] as number;
  for (let number = count - 1; number > 0; number--) {
    let semi = parents[number] as number;
    const start = starts[number] as number;
    for (let at = start; at < end && semi > 0; at++) {
      const from = list[at] as number;
      const least = from <= number ? from : leastOnPath(from, number + 1);
      if (least < semi) semi = least;
    }
    semis[number] = semi;
    labels[number] = semi;
    end = start;
  }
  scratch.give(path, ancestors, labels);
  return semis;
}

/**
 * The dominator is the nearest dominator of the parent, or the parent, that is no larger than the semidominator. Written
 * over the parents, which are needed once each.
 */
function climbToDominators(
  { count, parents }: DepthFirstOrder,
  semis: Int32Array,
  scratch: Scratch,
): Int32Array {
  const dominators = parents;
  const jumps = scratch.take();
  const depths = scratch.take();
  jumps[0] = 0;
  depths[0] = 0;
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
  scratch.give(jumps, depths);
  return dominators;
}
