import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadEvenly } from '../../src/leak/even-spread.js';

describe('spreadEvenly', () => {
  it('keeps the first, is in order, and keeps no two closer than a gap', () => {
    const times = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 300 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 64 }), (unsorted, gaps) => {
        const timesMs = unsorted.sort((a, b) => a - b);
        const kept = spreadEvenly(timesMs, gaps).map((index) => timesMs[index] ?? Number.NaN);
        const gapMs = ((timesMs.at(-1) ?? 0) - (timesMs[0] ?? 0)) / gaps;
        expect(kept[0]).toBe(timesMs[0]);
        const gapsKept = kept.slice(1).map((timeMs, index) => timeMs - (kept[index] ?? 0));
        expect(Math.min(gapMs, ...gapsKept)).toBe(gapMs);
        if (gapMs > 0) expect(kept.length).toBeLessThanOrEqual(gaps + 1);
      }),
    );
  });

  it('covers the whole time evenly however often a full history is thinned', () => {
    let timesMs: number[] = [];
    for (let second = 0; second < 4 * 3600; second += 7) {
      if (timesMs.length === 128) timesMs = spreadEvenly(timesMs, 64).map((index) => timesMs[index] ?? 0);
      timesMs.push(second * 1000);
    }
    const gaps = timesMs.slice(1).map((timeMs, index) => timeMs - (timesMs[index] ?? 0));
    expect(timesMs.length).toBeGreaterThan(48);
    expect(Math.max(...gaps)).toBeLessThan(4 * 3600_000 * 0.05);
  });
});
