import { mannKendall } from '@memx/core';
import { batchRates, withoutPageEnds, type YoungGrowth } from './young-bytes.js';

/** With ties counted, the test for a trend finds a step with three of 50 equal batches on one side. */
const BATCHES = 50;
const TOO_FEW_FOR_TREND = 2;
const CHANCE = 0.01;
/** A trend of less changes nothing within the 1 % that is promised. */
const RELEVANT_SHARE = 0.0025;

/**
 * Whether the calls allocated as much at the end as at the start. They do not while V8 still compiles them:
 * unoptimised code allocates more (allocation mementos, boxed numbers, contexts), and so the bytes step down.
 * Single calls that allocate a lot, such as the growth of a table, are no trend.
 */
export function isSteady(windows: readonly YoungGrowth[]): boolean {
  const rates = batchRates(withoutPageEnds(windows), BATCHES);
  return !hasTrend(rates) && !startsApart(rates) && !startsApart(rates.toReversed());
}

function hasTrend(rates: readonly number[]): boolean {
  const half = rates.length >> 1;
  const early = meanOf(rates.slice(0, half));
  const late = meanOf(rates.slice(rates.length - half));
  const relevant = Math.abs(late - early) > RELEVANT_SHARE * Math.max(early, late);
  return relevant && mannKendall(rates).p < CHANCE;
}

/** Whether the first batch lies outside of all later ones: a step just after the start. */
function startsApart([first = 0, ...others]: readonly number[]): boolean {
  const later = others.slice(TOO_FEW_FOR_TREND - 1);
  if (later.length === 0) return false;
  const lowest = Math.min(...later) * (1 - RELEVANT_SHARE);
  const highest = Math.max(...later) * (1 + RELEVANT_SHARE);
  return first < lowest || first > highest;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
