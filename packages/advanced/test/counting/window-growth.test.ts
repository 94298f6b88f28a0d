import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeapReading } from '../../src/counting/heap-reading.js';
import { sumGrowth } from '../../src/counting/window-growth.js';

const PAGE = 1000;
const heap = (youngBytes: number, largeBytes = 0, oldBytes = 0): HeapReading => ({
  youngBytes,
  largeBytes,
  oldBytes,
});

describe('sumGrowth', () => {
  it('is the difference where nothing was collected, old objects apart', () => {
    expect(sumGrowth(heap(100, 5000, 70), [], heap(350, 9000, 77), PAGE)).toEqual({
      youngBytes: 4250,
      slackBytes: 0,
      oldBytes: 7,
      collections: 0,
    });
  });

  it('says how much of a filled page may be its unused end', () => {
    expect(sumGrowth(heap(900), [], heap(1300), PAGE)).toMatchObject({ youngBytes: 400, slackBytes: 100 });
    expect(sumGrowth(heap(900), [], heap(3001), PAGE)).toMatchObject({ youngBytes: 2101, slackBytes: 2100 });
  });

  it('is null when the heap shrank with no collection known', () => {
    expect(sumGrowth(heap(500), [], heap(499), PAGE)).toBeNull();
  });

  it('counts what was allocated, whatever collections free and promote meanwhile', () => {
    const stretches = fc.array(
      fc.record({ young: fc.nat(300), old: fc.nat(300), freed: fc.nat(500), promoted: fc.nat(500) }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(stretches, ([first, ...later]) => {
        const start = heap(0, 0, 10_000);
        let now = heap(first?.young ?? 0, 0, 10_000 + (first?.old ?? 0));
        const collections = later.map(({ young, old, freed, promoted }) => {
          const before = now;
          const moved = Math.min(before.youngBytes, promoted);
          const after = heap(before.youngBytes - moved, 0, before.oldBytes + moved - freed);
          now = heap(after.youngBytes + young, 0, after.oldBytes + old);
          return { before, after };
        });
        const all = first ? [first, ...later] : [];
        expect(sumGrowth(start, collections, now, 1e9)).toEqual({
          youngBytes: all.reduce((sum, { young }) => sum + young, 0),
          slackBytes: 0,
          oldBytes: all.reduce((sum, { old }) => sum + old, 0),
          collections: collections.length,
        });
      }),
    );
  });
});
