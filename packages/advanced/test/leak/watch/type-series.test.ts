import { describe, expect, it } from 'vitest';
import {
  affordableSeries,
  earlySeries,
  lastSeries,
  seriesAfter,
} from '../../../src/leak/watch/type-series.js';

const HOUR_MS = 3600_000;

describe('lastSeries', () => {
  it('has three readings in a short watch, the last with time for one more round', () => {
    const { atMs, early } = lastSeries({ durationMs: 20_000, typeReadings: 3 });
    expect(atMs.map(Math.round)).toEqual([5600, 11_300, 17_000]);
    expect(early).toBe(0);
    expect(lastSeries({ durationMs: 20_000, typeReadings: 0 }).atMs).toEqual([]);
    expect(lastSeries({ durationMs: 20_000, typeReadings: 1 }).atMs.map(Math.round)).toEqual([5600]);
  });

  it('is no longer in a long watch than a slow leak needs', () => {
    const { atMs } = lastSeries({ durationMs: 4 * HOUR_MS, typeReadings: 3 });
    expect(atMs.at(-1)).toBe(4 * HOUR_MS * 0.85);
    expect((atMs[2] ?? 0) - (atMs[0] ?? 0)).toBe((2 * 4 * HOUR_MS) / 30);
    const halfAnHour = lastSeries({ durationMs: HOUR_MS / 2, typeReadings: 3 }).atMs;
    expect((halfAnHour[2] ?? 0) - (halfAnHour[0] ?? 0)).toBe(240_000);
  });

  it('begins early, and is the only one, in a watch that ends when it is sure', () => {
    const options = { durationMs: 600_000, typeReadings: 3, untilSure: true };
    const { atMs, early } = lastSeries(options);
    expect(atMs.slice(0, 3)).toEqual([10_000, 15_000, 22_500]);
    expect(early).toBe(atMs.length - 3);
    expect(atMs).toEqual([...atMs].sort((a, b) => a - b));
    expect(earlySeries(options)).toBeNull();
  });
});

describe('earlySeries', () => {
  it('comes in long watches only, whole, and before the last one', () => {
    expect(earlySeries({ durationMs: 4 * HOUR_MS, typeReadings: 3 })).toEqual({
      atMs: [10_000, 15_000, 22_500],
      early: 3,
    });
    expect(earlySeries({ durationMs: 20_000, typeReadings: 3 })).toBeNull();
    expect(earlySeries({ durationMs: 4 * HOUR_MS, typeReadings: 0 })).toBeNull();
    expect(earlySeries({ durationMs: 120_000, typeReadings: 3 }, 60_000)).toBeNull();
  });

  it('comes when it has been earned, or not at all', () => {
    const options = { durationMs: HOUR_MS, typeReadings: 3 };
    const cost = { elapsedMs: 10_000, spentMs: 0, budget: 0.007 };
    const { atMs } = affordableSeries(options, { readingMs: 700, ...cost });
    expect((atMs[2] ?? 0) * 0.007).toBeCloseTo(3 * 700);
    expect(affordableSeries(options, { readingMs: 70_000, ...cost })).toEqual(lastSeries(options));
    const later = affordableSeries(options, { readingMs: 1, ...cost, elapsedMs: 300_000 });
    expect(later.atMs[0]).toBeGreaterThan(400_000);
  });

  it('comes again for leaks that begin later, until the last one is near', () => {
    const options = { durationMs: HOUR_MS, typeReadings: 3 };
    const second = seriesAfter(options, 22_500);
    expect(second.atMs[0]).toBe(90_000);
    expect(seriesAfter(options, HOUR_MS * 0.6)).toEqual(lastSeries(options));
  });
});

describe('seriesAfter', () => {
  it('has two single readings before the last series, far apart, whatever early series there is', () => {
    const options = { durationMs: HOUR_MS / 2, typeReadings: 3 };
    const minutes = (seriesEndedMs: number, elapsedMs: number) =>
      seriesAfter(options, seriesEndedMs, elapsedMs).atMs.map((atMs) => Number((atMs / 60_000).toFixed(1)));
    expect(minutes(22_500, 22_500)).toEqual([1.5, 2.3, 3.4]);
    expect(minutes(202_500, 202_500)).toEqual([8.4]);
    expect(minutes(202_500, 504_001)).toEqual([16.8]);
    expect(minutes(202_500, 1_008_001)).toEqual([21.5, 23.5, 25.5]);
  });

  it('goes on with early series between them', () => {
    const options = { durationMs: 24 * HOUR_MS, typeReadings: 3 };
    const { atMs } = seriesAfter(options, 2 * HOUR_MS, 7 * HOUR_MS);
    expect(atMs).toHaveLength(3);
    expect(atMs[0]).toBe(8 * HOUR_MS);
  });

  it('has none where the last series takes all of the watch', () => {
    const options = { durationMs: 120_000, typeReadings: 3 };
    expect(seriesAfter(options, 22_500)).toEqual(lastSeries(options));
  });
});
