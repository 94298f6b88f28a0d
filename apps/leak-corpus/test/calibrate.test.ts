import { describe, expect, it } from 'vitest';
import { calibrate } from '../src/scores/calibrate.mjs';
import { wilsonInterval } from '../src/scores/wilson.mjs';

describe('wilsonInterval', () => {
  it('gives the textbook values', () => {
    // 15 of 50: Agresti and Coull (1998) and any table of the score interval.
    const { low, high } = wilsonInterval(15, 50);
    expect([low, high].map((value) => value.toFixed(3))).toEqual(['0.191', '0.438']);
  });

  it('stays within 0 and 1, and is wide for few trials', () => {
    expect(wilsonInterval(5, 5).high).toBe(1);
    expect(wilsonInterval(5, 5).low).toBeCloseTo(0.566, 3);
    expect(wilsonInterval(0, 5).low).toBe(0);
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('calibrate', () => {
  it('counts each program by its surest suspect', () => {
    const score = (kind: string, confidence: string | null, outcome = 'leak') => ({
      kind,
      confidence,
      outcome,
    });
    const rows = calibrate([
      ...[score('leak', 'high'), score('leak', 'high'), score('healthy', 'high'), score('leak', 'low')],
      ...[score('healthy', null, 'clean'), score('leak', null, 'no result')],
    ] as never);
    expect(rows.map(({ call, programs, leaks }) => [call, programs, leaks])).toEqual([
      ['high', 3, 2],
      ['medium', 0, 0],
      ['low', 1, 1],
      ['nothing', 1, 0],
    ]);
  });
});
