import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WorkLog } from '../../../src/cli/work/work-log.js';

describe('WorkLog', () => {
  it('tells the pace in a span, between entries on the line that joins them', () => {
    const log = new WorkLog();
    for (const [timeMs, done] of [
      [1000, 0],
      [2000, 70],
      [3000, 270],
      [4000, 270],
    ] as const)
      log.record(timeMs, done);
    expect(log.done).toBe(270);
    expect(log.perSecond(1000, 3000)).toBe(135);
    expect(log.perSecond(1500, 2500)).toBe(135);
    expect(log.perSecond(3000, 4000)).toBeNull();
    expect(log.perSecond(2000, 2000)).toBeNull();
    expect(new WorkLog().perSecond(0, 1000)).toBeNull();
  });

  it('keeps a steady pace however many entries there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20_000 }), fc.integer({ min: 1, max: 97 }), (entries, each) => {
        const log = new WorkLog();
        for (let entry = 0; entry < entries; entry++) log.record(entry * 100, entry * each);
        expect(log.done).toBe((entries - 1) * each);
        const endMs = (entries - 1) * 100;
        expect(log.perSecond(endMs / 2, endMs)).toBeCloseTo(each * 10, 6);
      }),
      { numRuns: 50 },
    );
  });
});
