/** What the birth cohorts of one allocation site say. */
export type CohortVerdict =
  /** Objects from the whole watch are alive: they are kept. */
  | { readonly kind: 'leak'; readonly survivors: number }
  /** Only objects from the beginning are alive: something was filled, and is full. */
  | { readonly kind: 'cache-fill' }
  | { readonly kind: 'clean' }
  /** Some survive, too few to tell. */
  | { readonly kind: 'more-data'; readonly survivors: number };

/** Objects younger than this many rounds may still be in use. */
const YOUTH_GUARD_ROUNDS = 3;
const LEAST_SURVIVORS = 6;
const SIXTHS = 6;
const LEAST_OCCUPIED_SIXTHS = 4;
/** A leak goes on: its last third is no mere tail of the first. */
const LEAST_SHARE_OF_A_THIRD = 0.15;
/** Leaks come in bursts, slow ones by chance: a silence of more than twice the longest one before is an end. */
const TIMES_LONGEST_GAP = 2;

/**
 * Judges a site by its survivors per round of birth, in the last round. The first round (the program's start) and the
 * youngest three do not count. A leak has survivors in the early, the middle and the late third of the time, in most of
 * its sixths, and enough of them. Sixths, not single rounds: a slow leak leaves many rounds empty, and so does a fast
 * one that leaks by the batch. Of the time, not of the rounds: a dear program has few of them, at odd times. The youngest
 * accuse nobody, for they may be in use; but they acquit by their absence, for of a leak some are among them.
 *
 * @param survivorsByBirth samples alive in the last round, by the round before whose end they were born
 * @param roundEndsMs when each round ended, in time for which the program could work: a pause is no time without births
 */
export function judgeCohorts(
  survivorsByBirth: readonly number[],
  roundEndsMs: readonly number[],
): CohortVerdict {
  const sixths = countBySixth(survivorsByBirth, roundEndsMs);
  const survivors = sum(sixths);
  if (survivors === 0) return { kind: 'clean' };
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = sixths;
  const thirds = [a + b, c + d, e + f];
  const spread = thirds.every((third) => third >= Math.max(1, survivors * LEAST_SHARE_OF_A_THIRD));
  const occupied = sixths.filter((count) => count > 0).length;
  const isSpread = spread && occupied >= LEAST_OCCUPIED_SIXTHS;
  if (survivors >= LEAST_SURVIVORS && isSpread && !hasFallenSilent(survivorsByBirth, roundEndsMs)) {
    return { kind: 'leak', survivors };
  }
  return a + b === survivors ? { kind: 'cache-fill' } : { kind: 'more-data', survivors };
}

/** A cohort belongs to the sixth that holds the middle of its round. */
function countBySixth(survivorsByBirth: readonly number[], roundEndsMs: readonly number[]): number[] {
  const counts = new Array<number>(SIXTHS).fill(0);
  const last = roundEndsMs.length - 1 - YOUTH_GUARD_ROUNDS;
  const startMs = roundEndsMs[0] ?? 0;
  const spanMs = (roundEndsMs[last] ?? 0) - startMs;
  if (!(spanMs > 0)) return counts;
  for (let round = 1; round <= last; round++) {
    const middleMs = ((roundEndsMs[round - 1] ?? 0) + (roundEndsMs[round] ?? 0)) / 2;
    const sixth = Math.min(SIXTHS - 1, Math.floor(((middleMs - startMs) / spanMs) * SIXTHS));
    counts[sixth] = (counts[sixth] ?? 0) + (survivorsByBirth[round] ?? 0);
  }
  return counts;
}

/** Whether births that are kept have come to an end, as in a pool that is full: the youngest rounds are looked at, too. */
function hasFallenSilent(survivorsByBirth: readonly number[], roundEndsMs: readonly number[]): boolean {
  let lastMs = roundEndsMs[0] ?? 0;
  let longestMs = 0;
  roundEndsMs.forEach((endMs, round) => {
    if (round === 0 || !survivorsByBirth[round]) return;
    const beginMs = roundEndsMs[round - 1] ?? 0;
    longestMs = Math.max(longestMs, beginMs - lastMs, endMs - beginMs);
    lastMs = endMs;
  });
  return (roundEndsMs.at(-1) ?? 0) - lastMs > longestMs * TIMES_LONGEST_GAP;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
