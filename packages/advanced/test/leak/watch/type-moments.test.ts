import { describe, expect, it } from 'vitest';
import { typeMoments } from '../../../src/leak/watch/type-moments.js';

const HOUR_MS = 3600_000;

describe('typeMoments', () => {
  it('are three in a short watch, the last with time for one more round', () => {
    expect(typeMoments({ durationMs: 20_000, typeReadings: 3 }).map(Math.round)).toEqual([
      5600, 11_300, 17_000,
    ]);
    expect(typeMoments({ durationMs: 20_000, typeReadings: 0 })).toEqual([]);
    expect(typeMoments({ durationMs: 20_000, typeReadings: 1 })).toHaveLength(1);
  });

  it('come early in a long watch, in doubled times, and few in all', () => {
    const moments = typeMoments({ durationMs: 4 * HOUR_MS, typeReadings: 3 });
    expect(moments.slice(0, 4)).toEqual([10_000, 20_000, 40_000, 80_000]);
    expect(moments.length).toBeLessThan(14);
    expect(moments).toEqual([...moments].sort((a, b) => a - b));
    expect(moments.at(-1)).toBe(4 * HOUR_MS * 0.85);
    expect(typeMoments({ durationMs: 4 * HOUR_MS, typeReadings: 0 })).toEqual([]);
  });

  it('come early, too, and closer, in a watch that ends when it is sure', () => {
    const untilSure = true;
    expect(typeMoments({ durationMs: 60_000, typeReadings: 3, untilSure })).toEqual([
      10_000,
      ...typeMoments({ durationMs: 60_000, typeReadings: 3 }),
    ]);
    expect(typeMoments({ durationMs: 600_000, typeReadings: 3, untilSure }).slice(0, 3)).toEqual([
      10_000, 15_000, 22_500,
    ]);
  });
});
