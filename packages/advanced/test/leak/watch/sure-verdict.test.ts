import { describe, expect, it } from 'vitest';
import { judgeThread } from '../../../src/leak/judge/judge-leaks.js';
import type { LeakReport } from '../../../src/leak/leak-report.js';
import { SureVerdict } from '../../../src/leak/watch/sure-verdict.js';
import { evidence, frame, leaking, site, typeReadings } from '../build-evidence.js';

const sites = [site(frame('keep', '/app/keep.js'), { survivors: leaking() })];
const types = typeReadings('Session', [100, 2_100, 4_100], 2_000);
const high = judgeThread(evidence({ sites, types })).suspects;
const medium = judgeThread(evidence({ types })).suspects;

/** One report every second, from `fromMs` on. */
function sureAfter(verdict: SureVerdict, fromMs: number, rounds: readonly LeakReport['suspects'][]) {
  return rounds.map((suspects, round) => verdict.update({ suspects, durationMs: fromMs + round * 1_000 }));
}

const times = <Value>(count: number, value: Value) => new Array<Value>(count).fill(value);

describe('SureVerdict', () => {
  it('is sure of what both witnesses name in five rounds in a row', () => {
    expect(sureAfter(new SureVerdict(), 4_000, times(7, high))).toEqual([
      ...times(4, null),
      8_000,
      8_000,
      8_000,
    ]);
  });

  it('asks for half as long again as it took to hear both', () => {
    const answers = sureAfter(new SureVerdict(), 40_000, times(22, high));
    expect(answers.indexOf(60_000)).toBe(20);
    expect(answers.slice(0, 20)).toEqual(times(20, null));
  });

  it('begins anew where a round is less sure, or names another thread or memory', () => {
    expect(sureAfter(new SureVerdict(), 1_000, [...times(4, high), medium, ...times(4, high)])).toEqual(
      times(9, null),
    );
    const elsewhere = high.map((suspect) => ({ ...suspect, thread: 3 }));
    const outside = high.map((suspect) => ({ ...suspect, memory: 'external' as const }));
    expect(
      sureAfter(new SureVerdict(), 1_000, [...times(3, high), ...times(3, elsewhere), ...times(3, outside)]),
    ).toEqual(times(9, null));
  });

  it('takes it back when the leak is gone', () => {
    const verdict = new SureVerdict();
    expect(sureAfter(verdict, 1_000, times(5, high)).at(-1)).toBe(5_000);
    expect(verdict.update({ suspects: [], durationMs: 6_000 })).toBeNull();
  });

  it('is never sure of what is medium', () => {
    expect(sureAfter(new SureVerdict(), 1_000, times(50, medium))).toEqual(times(50, null));
  });
});
