import type { SiteHistory, ThreadEvidence } from '../evidence.js';
import { waitAfter } from '../judge/judge-leaks.js';
import type { LeakReport } from '../leak-report.js';

interface Standing {
  readonly report: LeakReport;
  readonly kept: Kept;
}

/** Bytes that were made after the start and are alive, on the heap and outside of it. */
type Kept = readonly [heapBytes: number, externalBytes: number];

/** With fewer births than this share of a usual round's, the program has stopped working. */
const LEAST_WORK = 0.05;
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
  #births: number[] = [];
  #heldRounds = 0;

  /** @returns this round's report, or an earlier one's verdict with what is new about the watch itself. */
  update(
    report: LeakReport,
    { sites, externalSites }: Pick<ThreadEvidence, 'sites' | 'externalSites'>,
  ): LeakReport {
    // A program may work with buffers alone.
    const births = birthsOf(sites) + birthsOf(externalSites ?? []);
    const kept: Kept = [keptBytesOf(sites), keptBytesOf(externalSites ?? [])];
    if (this.#standing && this.#mustHold(births, kept, this.#standing)) {
      const { durationMs, rounds, pauses, notes } = report;
      const { outcome } = this.#standing.report;
      const waitMs = outcome === 'undecided' ? waitAfter(durationMs) : null;
      return { ...this.#standing.report, durationMs, rounds, pauses, notes, waitMs };
    }
    this.#heldRounds = 0;
    this.#standing = { report, kept };
    this.#births.push(births);
    return report;
  }

  #mustHold(births: number, kept: Kept, standing: Standing): boolean {
    if (births < median(this.#births) * LEAST_WORK) return true;
    const collapsed = standing.kept.some((before, index) => (kept[index] ?? 0) < before * COLLAPSE);
    if (standing.report.outcome !== 'leak' || !collapsed) return false;
    this.#heldRounds += 1;
    return this.#heldRounds <= MAX_HELD_ROUNDS;
  }
}

const birthsOf = (sites: readonly SiteHistory[]) =>
  sumOf(sites.map(({ survivors }) => survivors.at(-1) ?? 0));

const keptBytesOf = (sites: readonly SiteHistory[]) =>
  sumOf(sites.map(({ survivorBytes }) => sumOf(survivorBytes.slice(1))));

const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
