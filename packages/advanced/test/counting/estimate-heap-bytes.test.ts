import { describe, expect, it } from 'vitest';
import { estimateHeapBytes } from '../../src/counting/estimate-heap-bytes.js';

const windows = (bytesOf: (index: number) => number) =>
  Array.from({ length: 100 }, (_, index) => ({
    calls: 10,
    youngBytes: bytesOf(index),
    slackBytes: 0,
    oldBytes: 0,
  }));

describe('estimateHeapBytes', () => {
  it('is a point where all windows agree', () => {
    expect(estimateHeapBytes(windows(() => 480))).toEqual({ bytes: 48, low: 48, high: 48 });
  });

  it('takes the unused end of a page out, as far as its certain bytes allow', () => {
    const oneOf = (index: number, slackBytes: number, youngBytes: number) =>
      windows(() => 480).map((window, at) => (at === index ? { ...window, youngBytes, slackBytes } : window));
    expect(estimateHeapBytes(oneOf(31, 200, 600)).bytes).toBe(48);
    expect(estimateHeapBytes(oneOf(31, 200, 10_680)).bytes).toBe(58);
  });

  it('counts a table that grows in one window of a hundred, and says how unsure that is', () => {
    const { bytes, low, high } = estimateHeapBytes(windows((index) => (index === 50 ? 100_480 : 480)));
    expect(bytes).toBe(148);
    expect(low).toBeLessThan(48);
    expect(high).toBeGreaterThan(300);
  });

  it('leaves out a little that V8 allocates once, among calls that are alike', () => {
    const { bytes, low, high } = estimateHeapBytes(windows((index) => (index === 50 ? 3480 : 480)));
    expect(bytes).toBe(48);
    expect(low).toBeLessThan(48);
    expect(high).toBeGreaterThan(51);
  });

  it('counts old bytes that every window has; those that come once only widen the interval', () => {
    const pretenured = windows(() => 480).map((window) => ({ ...window, oldBytes: 160 }));
    expect(estimateHeapBytes(pretenured)).toEqual({ bytes: 64, low: 64, high: 64 });
    const compiled = windows(() => 480).map((window, index) => ({
      ...window,
      oldBytes: index === 3 ? 20_000 : 0,
    }));
    expect(estimateHeapBytes(compiled)).toEqual({ bytes: 48, low: 48, high: 68 });
  });

  it('covers the true mean about as often as it says', () => {
    let seed = 7;
    const random = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed / 2 ** 32;
    };
    let covered = 0;
    for (let trial = 0; trial < 1000; trial++) {
      const { low, high } = estimateHeapBytes(windows(() => 400 + random() * 200));
      if (low <= 50 && 50 <= high) covered += 1;
    }
    expect(covered).toBeGreaterThan(930);
    expect(covered).toBeLessThan(970);
  });
});
