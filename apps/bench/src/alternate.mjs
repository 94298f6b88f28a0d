/**
 * Runs two measurements in turn, changing which goes first: what drifts on the machine (heat, a neighbour)
 * then falls on both alike.
 *
 * @template T
 * @param {number} pairs
 * @param {() => Promise<T>} plain
 * @param {() => Promise<T>} subject
 * @returns {Promise<{ plain: T, subject: T }[]>} one entry per pair
 */
export async function alternate(pairs, plain, subject) {
  const results = [];
  for (let pair = 0; pair < pairs; pair++) {
    if (pair % 2 === 0) {
      const first = await plain();
      results.push({ plain: first, subject: await subject() });
    } else {
      const first = await subject();
      results.push({ plain: await plain(), subject: first });
    }
  }
  return results;
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The two middle quarters, as `from … to`: how far the runs agree. @param {number[]} values */
export function middleHalf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return [sorted[Math.floor(sorted.length / 4)], sorted[Math.ceil((sorted.length * 3) / 4) - 1]];
}
