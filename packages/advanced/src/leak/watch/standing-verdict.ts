import type { RoundReading, SiteHistory, ThreadEvidence } from '../evidence.js';
import { waitAfter } from '../judge/judge-leaks.js';
import type { LeakReport } from '../leak-report.js';

interface Standing {
  readonly report: LeakReport;
  readonly kept: Kept;
}

/** Bytes that were made after the start and are alive, on the heap and outside of it. */
type Kept = readonly [heapBytes: number, externalBytes: number];

/** With fewer births a second than this share of the usual ones, the program has stopped working. */
const LEAST_WORK = 0.05;
/** So many births a round are memx's own questions: a program that has no more never did much. */
const OWN_BIRTHS = 4;
const LEAST_WORK_OF_FEW = 0.25;
/** What is left of the kept bytes when the owner of a leak is itself let go. */
const COLLAPSE = 0.6;
const MAX_HELD_ROUNDS = 2;

/**
 * The verdict that stands after each round. A program whose last work is done lets go of its module state, and of the
 * leak with it, some rounds before it ends; so a verdict is not replaced by a round in which nothing was done, nor at
 * once by a round in which most of what was kept is gone. A program that works on is judged anew: it was a sawtooth.
 */
export class StandingVerdict {
  #standing: Standing | null = null;
  /** Of the rounds so far, without the first two: what a program loads as it starts is no usual work. */
  #birthRates: number[] = [];
  #birthsBefore = 0;
  #activeMsBefore = 0;
  #heldRounds = 0;

  /** @returns this round's report, or an earlier one's verdict with what is new about the watch itself. */
  update(
    report: LeakReport,
    evidence: Pick<ThreadEvidence, 'sites' | 'externalSites' | 'sampledAllocations' | 'rounds'>,
  ): LeakReport {
    const kept: Kept = [keptBytesOf(evidence.sites), keptBytesOf(evidence.externalSites ?? [])];
    const hasStopped = this.#hasStopped(evidence);
    if (this.#standing && (hasStopped || this.#mustHold(kept, this.#standing))) {
      const { durationMs, rounds, pauses, notes } = report;
      const { outcome } = this.#standing.report;
      const waitMs = outcome === 'undecided' ? waitAfter(durationMs) : null;
      return { ...this.#standing.report, durationMs, rounds, pauses, notes, waitMs };
    }
    this.#heldRounds = 0;
    this.#standing = { report, kept };
    return report;
  }

  /**
   * Work is told by what was allocated, the dead included: most programs keep next to nothing of it. Every round counts,
   * so that no state outlives the work of a few rounds.
   */
  #hasStopped({
    sampledAllocations,
    rounds,
  }: {
    readonly sampledAllocations: number;
    readonly rounds: readonly RoundReading[];
  }): boolean {
    const activeMs = rounds.at(-1)?.activeMs ?? 0;
    const births = Math.max(0, sampledAllocations - this.#birthsBefore);
    const spanMs = Math.max(1, activeMs - this.#activeMsBefore);
    this.#birthsBefore = sampledAllocations;
    this.#activeMsBefore = activeMs;
    const usualBirths = median(this.#birthRates) * spanMs;
    if (rounds.length > 2) this.#birthRates.push(births / spanMs);
    if (usualBirths <= OWN_BIRTHS) return false;
    return births < usualBirths * (births <= OWN_BIRTHS ? LEAST_WORK_OF_FEW : LEAST_WORK);
  }

  #mustHold(kept: Kept, standing: Standing): boolean {
    const collapsed = standing.kept.some((before, index) => (kept[index] ?? 0) < before * COLLAPSE);
    if (standing.report.outcome !== 'leak' || !collapsed) return false;
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
