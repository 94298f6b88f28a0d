import { normalTail } from './normal-distribution.js';

/** Is there a trend at all? */
export interface MannKendall {
  /** Pairs that rise minus pairs that fall. */
  readonly s: number;
  /** `s` in standard deviations, corrected for ties and continuity; positive when rising. */
  readonly z: number;
  /** The chance of so large a |z| if there were no trend (two-sided). */
  readonly p: number;
}

/**
 * The test of Mann (1945) and Kendall (1975) for a monotonic trend, with the variance for ties. O(n log n): falling
 * pairs are counted while sorting. Assumes independent readings, as {@link theilSen} does.
 *
 * @param values in the order of time
 */
export function mannKendall(values: ArrayLike<number>): MannKendall {
  const sorted = Float64Array.from(values);
  const n = sorted.length;
  const falling = sortCountingInversions(sorted, new Float64Array(n), { from: 0, to: n });
  const ties = countTies(sorted);
  const rising = (n * Math.max(0, n - 1)) / 2 - falling - ties.pairs;
  const s = rising - falling;
  const deviation = Math.sqrt((varianceTerm(n) - ties.varianceTerm) / 18);
  const z = s === 0 || deviation === 0 ? 0 : (s - Math.sign(s)) / deviation;
  return { s, z, p: Math.min(1, 2 * normalTail(Math.abs(z))) };
}

const varianceTerm = (n: number) => n * (n - 1) * (2 * n + 5);

/** Merge sort; returns the number of pairs that stood in falling order. */
function sortCountingInversions(
  values: Float64Array,
  scratch: Float64Array,
  { from, to }: { from: number; to: number },
): number {
  if (to - from < 2) return 0;
  const middle = (from + to) >> 1;
  let inversions =
    sortCountingInversions(values, scratch, { from, to: middle }) +
    sortCountingInversions(values, scratch, { from: middle, to });
  scratch.set(values.subarray(from, middle), from);
  let left = from;
  let right = middle;
  for (let at = from; left < middle; at++) {
    const a = scratch[left] ?? Number.NaN;
    const b = values[right] ?? Number.NaN;
    if (right < to && b < a) {
      inversions += middle - left;
      values[at] = b;
      right++;
    } else {
      values[at] = a;
      left++;
    }
  }
  return inversions;
}

function countTies(sorted: Float64Array): { pairs: number; varianceTerm: number } {
  const ties = { pairs: 0, varianceTerm: 0 };
  let begin = 0;
  for (let at = 1; at <= sorted.length; at++) {
    if (at < sorted.length && sorted[at] === sorted[begin]) continue;
    const size = at - begin;
    ties.pairs += (size * (size - 1)) / 2;
    ties.varianceTerm += varianceTerm(size);
    begin = at;
  }
  return ties;
}
