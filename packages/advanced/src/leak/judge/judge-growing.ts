import { mannKendall } from '@memx/core';
import type { SiteHistory } from '../evidence.js';
import type { GrowthPattern } from '../leak-report.js';

/** How memory grows of which nothing stays for good. */
export type UnsettledPattern = Exclude<GrowthPattern, 'kept'>;

/** Of a site, or of several together. */
export type Births = Pick<SiteHistory, 'survivors' | 'liveBytes' | 'liveByteMs'>;

/**
 * Judges a site by what of it was alive in each round, and for how long it had been.
 *
 * @param roundEndsMs when each round ended, in time for which the program could work
 */
export function judgeGrowing(site: Births, roundEndsMs: readonly number[]): UnsettledPattern | null {
  if (isBacklog(site, roundEndsMs)) return 'backlog';
  return isRegrown(site, roundEndsMs) ? 'regrown' : null;
}

/** A site with no more samples than these has made a few large blocks. */
export const MOST_BLOCKS = 2;
const LEAST_WAITING = 12;
const LEAST_WAITING_BYTES = 128 * 1024;
const LEAST_CERTAINTY = 0.01;

/**
 * By Little's law, what is in a system is what comes in per second times how long it stays. More load raises the first; only a
 * leak or a backlog raises the second, for ever. A window that is being filled does, too, until it is full.
 */
function isBacklog(site: Births, roundEndsMs: readonly number[]): boolean {
  const { survivors, liveBytes } = site;
  if (sum(survivors.slice(1)) < LEAST_WAITING) return false;
  if ((liveBytes.at(-1) ?? 0) < LEAST_WAITING_BYTES || !rises(liveBytes)) return false;
  const meanAgesMs = liveBytes.map((_, round) => ageAt(site, round));
  const spanMs = (roundEndsMs.at(-1) ?? 0) - (roundEndsMs[0] ?? 0);
  return (
    rises(meanAgesMs) &&
    isStillRising(meanAgesMs, roundEndsMs, {
      leastRise: spanMs * LEAST_AGEING,
      steadiness: AGE_STEADINESS,
    }) &&
    isStillRising(liveBytes, roundEndsMs, { leastRise: 0, steadiness: BYTES_STEADINESS })
  );
}

/** Beyond chance. */
function rises(values: readonly number[]): boolean {
  const { z, p } = mannKendall(values);
  return z > 0 && p <= LEAST_CERTAINTY;
}

/** For how long what was alive in a round had been, on average: milliseconds, by the bytes. */
export function ageAt({ liveBytes, liveByteMs }: Births, round: number): number {
  return (liveByteMs[round] ?? 0) / Math.max(1, liveBytes[round] ?? 0);
}

/** Of the time watched: a mean age that rises by less in half of it is one of rounding. */
const LEAST_AGEING = 0.015;
const AGE_STEADINESS = 0.5;
/** Of few samples, it goes up and down by chance. */
const BYTES_STEADINESS = 0.2;

interface Steadiness {
  /** From the second quarter of the time to the last. */
  readonly leastRise: number;
  /** What either half of that rise must be of the mean of both. */
  readonly steadiness: number;
}

/** From quarter to quarter of the time after the first one, as a window does not that is full. */
function isStillRising(
  values: readonly number[],
  timesMs: readonly number[],
  { leastRise, steadiness }: Steadiness,
): boolean {
  const startMs = timesMs[0] ?? 0;
  const quarterMs = ((timesMs.at(-1) ?? 0) - startMs) / 4;
  const [second = 0, third = 0, fourth = 0] = [1, 2, 3].map((quarter) => {
    const within = values.filter((_, round) => {
      const quarters = ((timesMs[round] ?? 0) - startMs) / quarterMs;
      return quarters > quarter && quarters <= quarter + 1;
    });
    return sum(within) / within.length;
  });
  const least = ((fourth - second) / 2) * steadiness;
  return fourth - second > leastRise && third - second >= least && fourth - third >= least;
}

const LEAST_BLOCK_BYTES = 256 * 1024;
const LEAST_STEPS = 3;
const LEAST_STEP = 1.05;
const LATEST_FIRST_STEP = 1 / 2;
const EARLIEST_LAST_STEP = 2 / 3;
/** When the next step comes is only known as well as rounds come often. */
const LEEWAY = 1.25;

interface Step {
  readonly atMs: number;
  readonly ratio: number;
}

/**
 * A list is copied to a larger block whenever it is full; a block that has grown by a factor lasts that many times as long as
 * the one before. A list that is full for good is overdue.
 */
function isRegrown({ survivors, liveBytes }: Births, roundEndsMs: readonly number[]): boolean {
  if ((liveBytes.at(-1) ?? 0) < LEAST_BLOCK_BYTES || sum(survivors.slice(1)) > MOST_BLOCKS) return false;
  const steps = stepsUp(liveBytes, roundEndsMs);
  const [first] = steps ?? [];
  const [before, last] = steps?.slice(-2) ?? [];
  if (!steps || !first || !before || !last || steps.length < LEAST_STEPS) return false;
  const startMs = roundEndsMs[0] ?? 0;
  const endMs = roundEndsMs.at(-1) ?? 0;
  const shareOf = ({ atMs }: Step) => (atMs - startMs) / (endMs - startMs);
  const isOverdue = endMs - last.atMs > (last.atMs - before.atMs) * last.ratio * LEEWAY;
  return shareOf(first) <= LATEST_FIRST_STEP && shareOf(last) >= EARLIEST_LAST_STEP && !isOverdue;
}

/** Null when it falls in between: a block that is replaced by a larger one never does. */
function stepsUp(liveBytes: readonly number[], roundEndsMs: readonly number[]): readonly Step[] | null {
  const steps: Step[] = [];
  for (let round = 1; round < liveBytes.length; round++) {
    const ratio = (liveBytes[round] ?? 0) / Math.max(1, liveBytes[round - 1] ?? 0);
    if (liveBytes[round - 1] && ratio < 1 / LEAST_STEP) return null;
    if (ratio >= LEAST_STEP) steps.push({ atMs: roundEndsMs[round] ?? 0, ratio });
  }
  return steps;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
