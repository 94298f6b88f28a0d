import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemorySeries, memoryMetrics } from '../../src/index.js';
import { rssSample, sampleLists } from './sample-lists.js';

describe('MemorySeries', () => {
  const series = MemorySeries.fromSamples(
    [
      { ...rssSample(1000, 100), heapUsedBytes: 40 },
      rssSample(1010, 700),
      { ...rssSample(1030, 300), heapUsedBytes: 10 },
      rssSample(1040, 200),
    ],
    { label: 'import', startedAtEpochMs: 5 },
  );

  it('sums up each metric over the samples that have it', () => {
    expect(series).toMatchObject({ label: 'import', startedAtEpochMs: 5, length: 4, durationMs: 40 });
    expect(series.start).toMatchObject({ rssBytes: 100, heapUsedBytes: 40, externalBytes: null });
    expect(series.end).toMatchObject({ rssBytes: 200, heapUsedBytes: 10 });
    expect(series.peak).toMatchObject({ rssBytes: 700, heapUsedBytes: 40 });
    expect(series.min).toMatchObject({ rssBytes: 100, heapUsedBytes: 10 });
    expect(series.delta).toMatchObject({ rssBytes: 100, heapUsedBytes: -30, externalBytes: null });
    expect(series.peakAtMs).toMatchObject({ rssBytes: 1010, heapUsedBytes: 1000, externalBytes: null });
  });

  it('weighs the mean by time', () => {
    // (100+700)/2 × 10 + (700+300)/2 × 20 + (300+200)/2 × 10, over 40
    expect(series.mean.rssBytes).toBe((4000 + 10_000 + 2500) / 40);
    expect(series.mean.heapUsedBytes).toBe(25);
    expect(MemorySeries.fromSamples([rssSample(1, 2), rssSample(1, 4)]).mean.rssBytes).toBe(3);
  });

  it('believes the operating system where it saw more than the samples', () => {
    const rss = (rssHighWaterBytes: number) =>
      MemorySeries.fromSamples(series, { rssHighWaterBytes }).peak.rssBytes;
    expect(rss(900)).toBe(900);
    expect(rss(300)).toBe(700);
  });

  it('puts samples in the order of time', () => {
    const sorted = MemorySeries.fromSamples([rssSample(3, 30), rssSample(1, 10), rssSample(2, 20)]);
    expect([...sorted].map((sample) => sample.rssBytes)).toEqual([10, 20, 30]);
  });

  it('gives samples by index and by iteration, with null for what was not read', () => {
    expect(series.at(0)).toEqual({ ...rssSample(1000, 100), heapUsedBytes: 40 });
    expect(series.at(-1)).toEqual(rssSample(1040, 200));
    expect([series.at(4), series.at(-5), series.at(0.5)]).toEqual([undefined, undefined, undefined]);
    expect([...series]).toHaveLength(4);
  });

  it('cannot be changed through a column', () => {
    series.column('rssBytes').fill(0);
    expect(series.at(1)?.rssBytes).toBe(700);
  });

  it('refuses to be empty, and samples without a time', () => {
    const refusal = expect.objectContaining({ code: 'ERR_MEMX_INVALID_OPTION' });
    expect(() => MemorySeries.fromSamples([])).toThrow(refusal);
    expect(() => MemorySeries.fromSamples([rssSample(Number.NaN, 1)])).toThrow(refusal);
    expect(() => series.column('rss' as never)).toThrow(refusal);
  });

  it('is printed in one line', () => {
    expect(inspect(series)).toBe("MemorySeries 'import' { 4 samples, 40.0 ms, rss peak 700 B, +100 B }");
  });
});

describe('downsample', () => {
  it('keeps every metric’s start, end, peak and lowest, within the bound', () => {
    fc.assert(
      fc.property(sampleLists, fc.integer({ min: 20, max: 60 }), (samples, most) => {
        const whole = MemorySeries.fromSamples(samples);
        const fewer = whole.downsample(most);
        expect(fewer.length).toBeLessThanOrEqual(Math.min(most, whole.length));
        for (const key of ['start', 'end', 'peak', 'min', 'delta'] as const) {
          expect(fewer[key]).toEqual(whole[key]);
        }
        const all = new Set([...whole].map((sample) => JSON.stringify(sample)));
        expect([...fewer].every((sample) => all.has(JSON.stringify(sample)))).toBe(true);
      }),
    );
  });

  it('keeps the shape: every tenth of the time has samples', () => {
    const whole = MemorySeries.fromSamples(
      Array.from({ length: 5000 }, (_, i) => rssSample(i, (i * 7919) % 1009)),
    );
    const tenths = new Set([...whole.downsample(100)].map(({ timeMs }) => Math.floor(timeMs / 500)));
    expect(tenths.size).toBe(10);
  });

  it('refuses a bound too small for five metrics', () => {
    expect(() => MemorySeries.fromSamples([rssSample(0, 1)]).downsample(19)).toThrow('20 or more');
  });
});

describe('trend', () => {
  it('finds the slope in bytes per second, and that it is no chance', () => {
    const rising = MemorySeries.fromSamples(
      Array.from({ length: 60 }, (_, i) => rssSample(i * 100, 5000 + i * 300 + ((i * 37) % 11) * 40)),
    );
    const trend = rising.trend('rssBytes');
    expect(trend?.slopeBytesPerSecond).toBeCloseTo(3000, -2);
    expect(trend?.lowBytesPerSecond).toBeGreaterThan(2500);
    expect(trend?.highBytesPerSecond).toBeLessThan(3500);
    expect(trend?.mannKendall.p).toBeLessThan(1e-10);
  });

  it('says nothing of fewer than three readings', () => {
    const short = MemorySeries.fromSamples([rssSample(0, 1), rssSample(1, 2)]);
    expect(short.trend('rssBytes')).toBeNull();
    expect(short.trend('heapUsedBytes')).toBeNull();
  });

  it('knows every metric by name', () => {
    const series = MemorySeries.fromSamples([rssSample(0, 1)]);
    expect(memoryMetrics.map((metric) => series.trend(metric))).toEqual([null, null, null, null, null]);
    expect(() => series.trend('heap' as never)).toThrow("'heapUsedBytes'");
  });
});
