/** The probability that a standard normal variable exceeds z, with a small relative error also far out. */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return z < 3 ? 0.5 - density * seriesOf(z) : density * millsRatio(z);
}

/** z + z³/3 + z⁵/(3·5) + … (Abramowitz & Stegun 26.2.11). */
function seriesOf(z: number): number {
  let term = z;
  let sum = z;
  for (let divisor = 3; term > sum * 1e-17; divisor += 2) {
    term *= (z * z) / divisor;
    sum += term;
  }
  return sum;
}

/** 1/(z + 1/(z + 2/(z + 3/(z + …)))) (Laplace; Abramowitz & Stegun 26.2.14), from the inside out. */
function millsRatio(z: number): number {
  let below = z;
  for (let k = 100; k >= 1; k--) below = z + k / below;
  return 1 / below;
}

/** The z that a standard normal variable exceeds with probability `1 − probability`, by bisection. */
export function normalQuantile(probability: number): number {
  let low = -40;
  let high = 40;
  for (let halvings = 0; halvings < 60; halvings++) {
    const middle = (low + high) / 2;
    if (1 - normalTail(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
