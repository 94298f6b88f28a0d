import type { WatchOptions } from './watch-messages.js';

/** Rounds come thicker at the beginning, so that a fast leak is seen early: by this share of the time so far. */
const GROWTH = 1 / 8;
const LEAST_ROUND_SHARE = 0.4;
/** Of the first of these: what samples cost is told by three rounds, and until then a program may be slowed down by them. */
const FIRST_ROUNDS = 3;
/** So many rounds a verdict needs, whatever the budget of a long watch says; a tenth of the time is never passed. */
const LEAST_ROUNDS = 16;
const MOST_PAUSE_SHARE = 0.1;

/** How long to wait for the next round: a pause of p ms may come every p / budget ms. The last one ends the watch. */
export function nextRoundIn(options: WatchOptions, lastPauseMs: number, elapsedMs: number): number {
  const { roundMs, pauseBudget, durationMs, keepsPace } = options;
  const least = roundMs * LEAST_ROUND_SHARE;
  const isFirst = keepsPace && elapsedMs < least;
  const early = isFirst ? least / FIRST_ROUNDS : Math.max(least, elapsedMs * GROWTH);
  const needed = Math.max(durationMs / LEAST_ROUNDS, lastPauseMs / MOST_PAUSE_SHARE);
  const wished = Math.max(Math.min(roundMs, early), Math.min(lastPauseMs / pauseBudget, needed));
  const left = durationMs - elapsedMs;
  return Math.max(0, left < wished * 1.5 ? left : wished);
}
