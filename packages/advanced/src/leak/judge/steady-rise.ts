import { mannKendall, theilSen } from '@memx/core';

const LEAST_STEADINESS = 0.4;
const LEAST_CERTAINTY = 0.01;

/**
 * The slope of values that rise: beyond chance (Mann–Kendall), and in the last half as in the first, by at least 40 % of
 * the whole slope (Theil–Sen). Null for all others.
 *
 * @returns units of the values per second
 */
export function steadyRise(seconds: readonly number[], values: readonly number[]): number | null {
  const middle = middleOf(seconds);
  const whole = slopeOf(seconds, values);
  const halves = [
    slopeOf(seconds.slice(0, middle), values.slice(0, middle)),
    slopeOf(seconds.slice(middle), values.slice(middle)),
  ];
  const { z, p } = mannKendall(values);
  const isSteady = halves.every((slope) => slope > 0 && slope >= whole * LEAST_STEADINESS);
  return z > 0 && p <= LEAST_CERTAINTY && isSteady ? whole : null;
}

/** Where the later half of the time begins: a watched program's readings come at odd times. */
function middleOf(seconds: readonly number[]): number {
  const middle = ((seconds[0] ?? 0) + (seconds.at(-1) ?? 0)) / 2;
  return seconds.findIndex((second) => second > middle);
}

function slopeOf(seconds: readonly number[], values: readonly number[]): number {
  return theilSen(seconds, values)?.slope ?? 0;
}
