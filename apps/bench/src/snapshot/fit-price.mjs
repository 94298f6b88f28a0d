/** Steps of the search; more change no constant by a percent. */
const STEPS = 4_000;

/**
 * The constants of `base + perCollectionMs × collection + perLargeByte × large` whose predictions are nearest to what was
 * measured, by the mean cube of the logarithm's error: a far miss weighs more than many near ones.
 *
 * Coordinate search with shrinking factors; the same runs always give the same constants.
 */
export function fitPrice(runs, figure) {
  const points = runs.map(({ predicted, actual }) => ({
    terms: [1, predicted.collectionCpuMs, predicted.largeObjectBytes],
    actual: actual[figure],
  }));
  const typical = points.map(({ actual }) => actual).sort((a, b) => a - b)[points.length >> 1];
  const scale = (term) => typical / Math.max(1, Math.max(...points.map(({ terms }) => terms[term])));
  let best = [scale(0) / 10, scale(1), scale(2) / 10];
  let least = error(best, points);
  let factor = 2;
  for (let step = 0; step < STEPS; step++) {
    const term = step % 3;
    const [up, down] = [factor, 1 / factor].map((by) =>
      best.map((value, at) => (at === term ? value * by : value)),
    );
    const next = error(up, points) < error(down, points) ? up : down;
    const found = error(next, points);
    if (found < least) {
      best = next;
      least = found;
    } else if (term === 2) factor = 1 + (factor - 1) * 0.995;
  }
  const [base, perCollectionMs, perLargeByte] = best.map((value) => Number(value.toPrecision(3)));
  return { base, perCollectionMs, perLargeByte };
}

function error(constants, points) {
  let sum = 0;
  for (const { terms, actual } of points) {
    const predicted = terms.reduce((total, term, at) => total + term * constants[at], 0);
    sum += Math.abs(Math.log(predicted / actual)) ** 3;
  }
  return sum / points.length;
}
