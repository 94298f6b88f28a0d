import { describe, expect, it } from 'vitest';
import { isSteady } from '../../src/counting/is-steady.js';

const windows = (count: number, bytesOf: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => ({ calls: 10, youngBytes: bytesOf(index), slackBytes: 0 }));

describe('isSteady', () => {
  it('finds a step wherever it lies', () => {
    for (let step = 1; step < 50; step++) {
      expect(isSteady(windows(50, (index) => (index < step ? 480 : 320)))).toBe(false);
      expect(isSteady(windows(50, (index) => (index < step ? 320 : 480)))).toBe(false);
    }
  });

  it('takes equal windows as steady, and a step that changes nothing to speak of', () => {
    expect(isSteady(windows(50, () => 480))).toBe(true);
    expect(isSteady(windows(50, () => 0))).toBe(true);
    expect(isSteady(windows(50, (index) => (index < 25 ? 48_000 : 48_048)))).toBe(true);
  });

  it('takes single large windows as steady', () => {
    for (const grown of [5, 17, 30, 44]) {
      expect(isSteady(windows(50, (index) => (index === grown ? 90_000 : 0)))).toBe(true);
    }
  });

  it('repeats few counts of calls that differ by chance', () => {
    let seed = 7;
    let unsteady = 0;
    for (let trial = 0; trial < 1000; trial++) {
      const random = () => {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
        return 400 + seed / 2 ** 24;
      };
      if (!isSteady(windows(50, random))) unsteady += 1;
    }
    expect(unsteady).toBeLessThan(100);
  });
});
