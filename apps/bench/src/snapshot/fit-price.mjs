/** Steps of the search; more change no constant by a percent. */
const STEPS = 12_000;
/** What each constant is multiplied by. */
const TERMS = {
  base: () => 1,
  perObject: ({ objects }) => objects,
  perFieldSlot: ({ fieldSlots }) => fieldSlots,
  perListReference: ({ listReferences }) => listReferences,
  perCollectionSlot: ({ collectionSlots }) => collectionSlots,
  perDictionarySlot: ({ dictionarySlots }) => dictionarySlots,
  perIndexName: ({ indexNames }) => indexNames,
};
const NAMES = Object.keys(TERMS);

/**
 * The constants of one figure whose predictions are nearest to what was measured, by the mean cube of the logarithm's
 * error: a far miss weighs more than many near ones. What a prediction has beside them (the machine's slowness) is taken
 * from the prediction itself.
 *
 * Coordinate search with shrinking factors from the constants at hand; the same runs always give the same constants.
 */
export function fitPrice(runs, figure) {
  const points = runs
    .filter(({ predicted }) => predicted.terms !== null)
    .map(({ predicted: { terms }, actual }) => ({
      terms: Object.values(TERMS).map((termOf) => termOf(terms)),
      actual: actual[figure] / (figure === 'pauseMs' ? pauseScaleOf(terms) : 1),
    }));
  const typical = median(points.map(({ actual }) => actual));
  let best = NAMES.map(
    (_, term) => typical / 6 / Math.max(1, median(points.map(({ terms }) => terms[term]))),
  );
  let least = error(best, points);
  let factor = 2;
  for (let step = 0; step < STEPS; step++) {
    const term = step % best.length;
    for (const by of [factor, 1 / factor]) {
      const next = best.map((value, at) => (at === term ? value * by : value));
      const found = error(next, points);
      if (found >= least) continue;
      best = next;
      least = found;
    }
    if (term === best.length - 1) factor = 1 + (factor - 1) * 0.997;
  }
  return Object.fromEntries(NAMES.map((name, term) => [name, Number(best[term].toPrecision(3))]));
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function error(constants, points) {
  let sum = 0;
  for (const { terms, actual } of points) {
    const predicted = terms.reduce((total, term, at) => total + term * constants[at], 0);
    sum += Math.abs(Math.log(predicted / actual)) ** 3;
  }
  return sum / points.length;
}

/** As the model has it: `slownessWeight`, `fasterWalk` and `largeHeap` in price-model.ts. */
function pauseScaleOf({ slowness, walksFaster, objects }) {
  return slowness ** 0.38 * (walksFaster ? 0.69 : 1) * Math.max(1, objects / 3e6) ** 0.15;
}
