import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannKendall } from '../../src/index.js';
import { normalQuantile, normalTail } from '../../src/series/normal-distribution.js';

function slowS(values: readonly number[]): number {
  let s = 0;
  values.forEach((a, i) => {
    for (const b of values.slice(i + 1)) s += Math.sign(b - a);
  });
  return s;
}

describe('mannKendall', () => {
  it('counts rising less falling pairs, ties as neither', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 80 }), (values) => {
        expect(mannKendall(values).s).toBe(slowS(values));
      }),
    );
  });

  it('gives the textbook z and p', () => {
    // n = 10 without ties: variance 125; S = 45, z = 44 / √125.
    const { z, p } = mannKendall([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(z).toBeCloseTo(44 / Math.sqrt(125), 12);
    expect(p).toBeCloseTo(8.303e-5, 7);
  });

  it('takes ties out of the variance', () => {
    // One group of three among five: (5·4·15 − 3·2·11) / 18 = 13; S = 7.
    const { s, z } = mannKendall([1, 2, 2, 2, 3]);
    expect(s).toBe(7);
    expect(z).toBeCloseTo(6 / Math.sqrt(13), 12);
  });

  it('turns its sign with the direction', () => {
    expect(mannKendall([3, 2, 1]).z).toBe(-mannKendall([1, 2, 3]).z);
  });

  it('sees nothing in a constant, in one reading or in none', () => {
    for (const values of [[5, 5, 5, 5], [1], []]) {
      expect(mannKendall(values)).toEqual({ s: 0, z: 0, p: 1 });
    }
  });
});

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.158655253931457],
    [1.96, 0.02499789514822],
    [2.9999, 0.001350341293],
    [3.0001, 0.001349454885],
    [6, 9.86587645e-10],
    [10, 7.61985302e-24],
  ])('has the tail that tables give at %d', (z, tail) => {
    expect(normalTail(z) / tail).toBeCloseTo(1, 6);
    expect(normalTail(-z)).toBeCloseTo(1 - tail, 9);
  });

  it('is undone by its inverse', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 9);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 9);
  });
});
