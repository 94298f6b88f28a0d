import { normalQuantile } from './normal-distribution.js';

/** A straight line through noisy points. */
export interface TheilSenLine {
  /** Units of y per unit of x. */
  readonly slope: number;
  /** Between `low` and `high` lies the slope, at the confidence that was asked for. */
  readonly low: number;
  readonly high: number;
  /** Median of `y − slope × x`. */
  readonly intercept: number;
}

/** All pairs up to 632 points; beyond, as many pairs, spread evenly over all of them. */
const MOST_PAIRS = 200_000;

/**
 * The median of the slopes between pairs of points (Theil 1950; interval by Sen 1968, JASA 63, with Kendall's
 * variance). Up to 29 % of the points may be arbitrarily wrong. The interval assumes that points scatter
 * independently; readings of memory made close to each other do not, so read it as the least uncertainty.
 *
 * Cost: at most 200,000 slopes are sorted, about 20 ms, whatever the length; deterministic.
 *
 * @param x any order
 * @param y as long as x
 * @param confidence of the interval, between 0 and 1; default 0.95
 * @returns null when fewer than two different x are given
 */
export function theilSen(x: ArrayLike<number>, y: ArrayLike<number>, confidence = 0.95): TheilSenLine | null {
  const n = Math.min(x.length, y.length);
  const slopes = pairwiseSlopes(x, y, n);
  if (slopes.length === 0) return null;
  const slope = median(slopes);
  const pairs = (n * (n - 1)) / 2;
  const spread = (normalQuantile((1 + confidence) / 2) * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)) / pairs;
  const residuals = Float64Array.from({ length: n }, (_, i) => (y[i] ?? NaN) - slope * (x[i] ?? NaN)).sort();
  return {
    slope,
    low: interpolate(slopes, (slopes.length * (1 - spread)) / 2 - 1),
    high: interpolate(slopes, (slopes.length * (1 + spread)) / 2),
    intercept: median(residuals),
  };
}

function pairwiseSlopes(x: ArrayLike<number>, y: ArrayLike<number>, n: number): Float64Array {
  const pairs = (n * (n - 1)) / 2;
  const step = Math.max(1, pairs / MOST_PAIRS);
  const slopes = new Float64Array(Math.min(pairs, MOST_PAIRS));
  let count = 0;
  let next = 0;
  let rowBegins = 0; // number of the pair (i, i + 1), counting row by row
  for (let i = 0; i < n - 1; i++) {
    const rowEnds = rowBegins + n - 1 - i;
    while (next < rowEnds && count < slopes.length) {
      const j = i + 1 + Math.floor(next - rowBegins);
      const run = (x[j] ?? NaN) - (x[i] ?? NaN);
      if (run !== 0) slopes[count++] = ((y[j] ?? NaN) - (y[i] ?? NaN)) / run;
      next += step;
    }
    rowBegins = rowEnds;
  }
  return slopes.subarray(0, count).sort();
}

const median = (sorted: Float64Array) => interpolate(sorted, (sorted.length - 1) / 2);

/** @param sorted ascending, not empty */
function interpolate(sorted: Float64Array, index: number): number {
  const at = Math.min(sorted.length - 1, Math.max(0, index));
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}
