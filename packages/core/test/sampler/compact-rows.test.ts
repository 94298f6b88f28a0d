import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactRows, firstRowFrom } from '../../src/sampler/compact-rows.js';

const CAPACITY = 64;

/** A recording of any length through columns of fixed size. */
function record(values: readonly number[], keepFromMs = Number.NEGATIVE_INFINITY) {
  const times = new Float64Array(CAPACITY);
  const column = new Float64Array(CAPACITY);
  let count = 0;
  values.forEach((value, timeMs) => {
    if (count === CAPACITY) count = compactRows([times, column], count, keepFromMs);
    times[count] = timeMs;
    column[count++] = value;
  });
  return { times: times.subarray(0, count), values: column.subarray(0, count) };
}

describe('compactRows', () => {
  it('keeps the highest and the lowest reading, real rows and their order, however long it goes on', () => {
    const readings = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 1500 });
    fc.assert(
      fc.property(readings, (values) => {
        const kept = record(values);
        expect(Math.max(...kept.values)).toBe(Math.max(...values));
        expect(Math.min(...kept.values)).toBe(Math.min(...values));
        expect([...kept.values]).toEqual([...kept.times].map((timeMs) => values[timeMs]));
        expect([...kept.times]).toEqual([...new Set(kept.times)].sort((a, b) => a - b));
      }),
      { numRuns: 50 },
    );
  });

  it('leaves the newest quarter as it is', () => {
    const { times } = record(Array.from({ length: CAPACITY * 10 + 1 }, (_, i) => i % 7));
    expect([...times.slice(-CAPACITY / 4)]).toEqual(
      Array.from({ length: CAPACITY / 4 }, (_, i) => CAPACITY * 10 - CAPACITY / 4 + 1 + i),
    );
  });

  it('thins the past evenly, instead of the oldest most', () => {
    const { times } = record(Array.from({ length: 6400 }, (_, i) => (i * 31) % 101));
    const old = [...times].filter((timeMs) => timeMs < 5400);
    const early = old.filter((timeMs) => timeMs < 2700).length;
    expect(early / old.length).toBeGreaterThan(0.35);
    expect(early / old.length).toBeLessThan(0.65);
  });

  it('drops what nobody wants before it gives up any resolution', () => {
    const { times } = record(
      Array.from({ length: CAPACITY + 1 }, (_, i) => i),
      40,
    );
    expect([...times]).toEqual(Array.from({ length: CAPACITY + 1 - 40 }, (_, i) => 40 + i));
  });

  it('frees a quarter of the room even when every reading is an extreme of its own', () => {
    const columns = Array.from({ length: 6 }, (_, column) =>
      Float64Array.from({ length: CAPACITY }, (_, row) =>
        column === 0 ? row : (row * (column + 3) * 17) % 61,
      ),
    );
    const [times = new Float64Array(0), ...rest] = columns;
    expect(compactRows([times, ...rest], CAPACITY, 0)).toBeLessThanOrEqual((CAPACITY * 3) / 4);
  });

  it('works on rows that all bear the same time', () => {
    const times = new Float64Array(CAPACITY).fill(5);
    const values = Float64Array.from({ length: CAPACITY }, (_, i) => i);
    expect(compactRows([times, values], CAPACITY, 0)).toBe(CAPACITY / 4 + 2);
  });
});

describe('firstRowFrom', () => {
  it('finds what a linear search finds', () => {
    const sorted = fc.array(fc.integer({ min: 0, max: 20 })).map((times) => times.sort((a, b) => a - b));
    fc.assert(
      fc.property(sorted, fc.integer({ min: -1, max: 21 }), (times, timeMs) => {
        const found = times.findIndex((time) => time >= timeMs);
        expect(firstRowFrom(Float64Array.from(times), times.length, timeMs)).toBe(
          found < 0 ? times.length : found,
        );
      }),
    );
  });
});
