import type { RoundReading, SiteHistory, ThreadEvidence } from '../evidence.js';
import { waitAfter } from '../judge/judge-leaks.js';
import type { LeakReport } from '../leak-report.js';

interface Standing {
  readonly report: LeakReport;
  readonly kept: Kept;
  /** Whether types had been counted when it was given. */
  readonly isCounted: boolean;
}

/** Bytes that were made after the start and are alive, on the heap and outside of it. */
type Kept = readonly [heapBytes: number, externalBytes: number];

/** With fewer births a second than this share of the usual ones, the program has stopped working. */
const LEAST_WORK = 0.05;
/** So many births a round are memx's own questions: a program that has no more never did much. */
const OWN_BIRTHS = 4;
const LEAST_WORK_OF_FEW = 0.25;
/**
 * How much of the time so far a stop of work may last before the program is judged anew: no sample tells of work that keeps
 * nothing at all, as when a pool is full.
 */
const LONGEST_STOP = 0.15;
/** What is left of the kept bytes when the owner of a leak is itself let go. */
const COLLAPSE = 0.6;
const MAX_HELD_ROUNDS = 2;
/** So many counts of types make them a witness. */
const DECIDING_READINGS = 3;

/**
 * The verdict that stands after each round. A program whose last work is done lets go of its module state, and of the
 * leak with it, some rounds before it ends; so a verdict is not replaced by a round in which nothing was done, nor at
 * once by a round in which most of what was kept is gone. A program that works on is judged anew: it was a sawtooth. So is one whose
 * types have just been counted for the last time, if that is what shows the leak.
 */
export class StandingVerdict {
  #standing: Standing | null = null;
  /** Of the rounds so far, without the first two: what a program loads as it starts is no usual work. */
  #birthRates: number[] = [];
  #birthsBefore = 0;
  #activeMsBefore = 0;
  #workedUntilMs = 0;
  #heldRounds = 0;

  /** @returns this round's report, or an earlier one's verdict with what is new about the watch itself. */
  update(
    report: LeakReport,
    evidence: Pick<ThreadEvidence, 'sites' | 'externalSites' | 'sampledAllocations' | 'rounds' | 'types'>,
  ): LeakReport {
    const isCounted = evidence.types.length >= DECIDING_READINGS;
    const kept: Kept = [keptBytesOf(evidence.sites), keptBytesOf(evidence.externalSites ?? [])];
    const stop = this.#findStop(evidence);
    const isBetterFounded = report.outcome === 'leak' && isCounted && !this.#standing?.isCounted;
    const holds = (standing: Standing) => this.#holdsOver(stop, kept) || this.#mustHold(kept, standing);
    if (this.#standing && !isBetterFounded && holds(this.#standing)) {
      const { durationMs, rounds, pauses, notes } = report;
      const { outcome } = this.#standing.report;
      const waitMs = outcome === 'undecided' ? waitAfter(durationMs) : null;
      return { ...this.#standing.report, durationMs, rounds, pauses, notes, waitMs };
    }
    this.#heldRounds = 0;
    this.#standing = { report, kept, isCounted };
    return report;
  }

  /**
   * For which share of the time so far nothing was done; 0 while something is. Work is told by what was allocated, the dead
   * included: most programs keep next to nothing of it. Every round counts, so that no state outlives the work of a few rounds.
   */
  #findStop({
    sampledAllocations,
    rounds,
  }: {
    readonly sampledAllocations: number;
    readonly rounds: readonly RoundReading[];
  }): number {
    const activeMs = rounds.at(-1)?.activeMs ?? 0;
    const births = Math.max(0, sampledAllocations - this.#birthsBefore);
    const spanMs = Math.max(1, activeMs - this.#activeMsBefore);
    this.#birthsBefore = sampledAllocations;
    this.#activeMsBefore = activeMs;
    const usualBirths = median(this.#birthRates) * spanMs;
    if (rounds.length > 2) this.#birthRates.push(births / spanMs);
    const least = births <= OWN_BIRTHS ? LEAST_WORK_OF_FEW : LEAST_WORK;
    if (usualBirths <= OWN_BIRTHS || births >= usualBirths * least) this.#workedUntilMs = activeMs;
    return (activeMs - this.#workedUntilMs) / Math.max(1, activeMs);
  }

  /** When the memory is there all the same, it may be that what is done keeps nothing: for long, that is no end of the work. */
  #holdsOver(stop: number, kept: Kept): boolean {
    return stop > 0 && (stop <= LONGEST_STOP || this.#hasCollapsed(kept));
  }

  #hasCollapsed(kept: Kept): boolean {
    return (this.#standing?.kept ?? []).some((before, index) => (kept[index] ?? 0) < before * COLLAPSE);
  }

  #mustHold(kept: Kept, { report }: Standing): boolean {
    if (report.outcome !== 'leak' || !this.#hasCollapsed(kept)) return false;
    this.#heldRounds += 1;
    return this.#heldRounds <= MAX_HELD_ROUNDS;
  }
}

const keptBytesOf = (sites: readonly SiteHistory[]) =>
  sumOf(sites.map(({ survivorBytes }) => sumOf(survivorBytes.slice(1))));

const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
