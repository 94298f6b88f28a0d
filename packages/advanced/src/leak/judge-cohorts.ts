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
const LEAST_OCCUPIED = 0.6;
/** A leak goes on: its last third is no mere tail of the first. */
const LEAST_SHARE_OF_A_THIRD = 0.12;

/**
 * Judges a site by its survivors per round of birth, in the last round. The first round (the program's start) and the
 * youngest three do not count. A leak has survivors in the early, the middle and the late third, in most of the
 * sixths of the watch, and enough of them. Sixths, not single rounds: a slow leak leaves many rounds empty, and so does
 * a fast one that leaks by the batch.
 */
export function judgeCohorts(survivorsByBirth: readonly number[]): CohortVerdict {
  const old = survivorsByBirth.slice(1, Math.max(1, survivorsByBirth.length - YOUTH_GUARD_ROUNDS));
  const survivors = sum(old);
  if (survivors === 0) return { kind: 'clean' };
  const thirds = inParts(old, 3).map(sum);
  const [early = 0, middle = 0, late = 0] = thirds;
  const spread = thirds.every((third) => third >= Math.max(1, survivors * LEAST_SHARE_OF_A_THIRD));
  if (survivors >= LEAST_SURVIVORS && spread && occupiedShare(old) >= LEAST_OCCUPIED) {
    return { kind: 'leak', survivors };
  }
  if (early > 0 && middle + late === 0) return { kind: 'cache-fill' };
  return { kind: 'more-data', survivors };
}

function occupiedShare(cohorts: readonly number[]): number {
  const parts = inParts(cohorts, Math.min(cohorts.length, 6));
  return parts.filter((part) => sum(part) > 0).length / parts.length;
}

function inParts(values: readonly number[], count: number): number[][] {
  return Array.from({ length: count }, (_, part) =>
    values.slice(
      Math.floor((part * values.length) / count),
      Math.floor(((part + 1) * values.length) / count),
    ),
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
