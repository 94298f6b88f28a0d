import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { theilSen } from '../../src/index.js';

const median = (values: number[]) => {
  const sorted = values.sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
};

function slowSlope(x: readonly number[], y: readonly number[]): number {
  const slopes: number[] = [];
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      const run = (x[j] ?? 0) - (x[i] ?? 0);
      if (run !== 0) slopes.push(((y[j] ?? 0) - (y[i] ?? 0)) / run);
    }
  }
  return median(slopes);
}

/** A repeatable scatter. */
function* scatter(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648 - 0.5;
  }
}

describe('theilSen', () => {
  it('is the median of all pairwise slopes', () => {
    const points = fc.array(
      fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -1000, max: 1000 })),
      {
        minLength: 2,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(points, (pairs) => {
        const x = pairs.map(([a]) => a);
        const y = pairs.map(([, b]) => b);
        const line = theilSen(x, y);
        if (new Set(x).size < 2) expect(line).toBeNull();
        else expect(line?.slope).toBeCloseTo(slowSlope(x, y), 9);
      }),
    );
  });

  it('gives Sen’s interval for a small example worked by hand', () => {
    // Slopes −1 0 0 ⅓ ⅔ ¾ 1 1 1½ 2; the variance of S is 5·4·15/18, so that 1.96 deviations are 8 of 10 pairs: the
    // interval reaches from the first to the last.
    const line = theilSen([1, 2, 3, 4, 5], [2, 4, 5, 4, 5]);
    expect(line?.slope).toBeCloseTo((2 / 3 + 3 / 4) / 2, 12);
    expect([line?.low, line?.high]).toEqual([-1, 2]);
  });

  it('is not led astray by a quarter of wild points', () => {
    const x = Array.from({ length: 100 }, (_, i) => i);
    const y = x.map((i) => (i % 4 === 0 ? 1e9 - i * 1e6 : 3 * i + 7));
    expect(theilSen(x, y)?.slope).toBeCloseTo(3, 6);
  });

  it('covers the true slope about as often as it says', () => {
    const noise = scatter(41);
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const x = Array.from({ length: 30 }, (_, i) => i);
      const line = theilSen(
        x,
        x.map((i) => 2 * i + 20 * noise.next().value),
      );
      if (line !== null && line.low <= 2 && 2 <= line.high) covered++;
    }
    expect(covered).toBeGreaterThan(180);
    expect(covered).toBeLessThan(200);
  });

  it('stays close to the truth when it looks at a part of the pairs only', () => {
    const noise = scatter(7);
    const x = Array.from({ length: 5000 }, (_, i) => i);
    const line = theilSen(
      x,
      x.map((i) => 0.5 * i + 400 * noise.next().value + 11),
    );
    expect(line?.slope).toBeCloseTo(0.5, 1);
    expect(line?.low).toBeLessThanOrEqual(line?.slope ?? 0);
    expect(line?.intercept).toBeGreaterThan(-40);
    expect(line?.intercept).toBeLessThan(60);
  });

  it('has no line for points above each other, or for none', () => {
    expect(theilSen([], [])).toBeNull();
    expect(theilSen([3, 3, 3], [1, 2, 3])).toBeNull();
  });
});
