import { describe, expect, it } from 'vitest';
import type { SiteHistory } from '../../../src/leak/evidence.js';
import type { LeakReport } from '../../../src/leak/leak-report.js';
import { StandingVerdict } from '../../../src/leak/watch/standing-verdict.js';

function report(outcome: LeakReport['outcome'], rounds: number): LeakReport {
  return {
    outcome,
    idle: false,
    durationMs: rounds * 1_000,
    detectedAtMs: null,
    sureAtMs: null,
    rounds,
    suspects: [],
    heap: { startHeapBytes: 0, endHeapBytes: 0, heapBytesPerSecond: 0, externalBytesPerSecond: 0 },
    pauses: { count: 0, totalMs: 0, longestMs: 0 },
    waitMs: null,
    notes: [],
  };
}

/** One site with this much kept and this many births in the last round. */
function seen(keptBytes: number, births: number) {
  return { sites: sites(keptBytes, births), externalSites: null };
}

function sites(keptBytes: number, births: number): SiteHistory[] {
  const allocator = {
    functionName: 'keep',
    filename: '/app/keep.js',
    line: 1,
    column: 1,
    origin: 'own' as const,
    packageName: null,
  };
  return [
    {
      allocator,
      stacks: [],
      liveBytes: [],
      survivors: [0, births],
      survivorBytes: [0, keptBytes],
    },
  ];
}

function verdictAfterLeaking(rounds: number): StandingVerdict {
  const verdict = new StandingVerdict();
  for (let round = 1; round <= rounds; round++)
    verdict.update(report('leak', round), seen(round * 1_000, 40));
  return verdict;
}

describe('StandingVerdict', () => {
  it("is each round's own while the program works", () => {
    const verdict = verdictAfterLeaking(8);
    const latest = report('leak', 9);
    expect(verdict.update(latest, seen(9_000, 35))).toBe(latest);
  });

  it('keeps what was said while the program worked when it has stopped working', () => {
    const verdict = verdictAfterLeaking(8);
    for (let round = 9; round < 30; round++) {
      expect(verdict.update(report('clean', round), seen(100, 1))).toMatchObject({
        outcome: 'leak',
        rounds: round,
      });
    }
  });

  it('keeps it over the round in which the last work is done and its memory is given back', () => {
    const verdict = verdictAfterLeaking(8);
    expect(verdict.update(report('clean', 9), seen(900, 30))).toMatchObject({ outcome: 'leak', rounds: 9 });
  });

  it('judges anew when the program works on after giving back its memory', () => {
    const verdict = verdictAfterLeaking(8);
    verdict.update(report('clean', 9), seen(900, 40));
    verdict.update(report('clean', 10), seen(1_900, 40));
    expect(verdict.update(report('clean', 11), seen(2_900, 40))).toMatchObject({
      outcome: 'clean',
      rounds: 11,
    });
  });

  it('never holds on to a clean verdict of a program that works', () => {
    const verdict = new StandingVerdict();
    verdict.update(report('clean', 1), seen(9_000, 40));
    const latest = report('leak', 2);
    expect(verdict.update(latest, seen(10, 40))).toBe(latest);
  });

  it('goes on with a program that never does much', () => {
    const verdict = new StandingVerdict();
    verdict.update(report('undecided', 1), seen(0, 0));
    const latest = report('clean', 2);
    expect(verdict.update(latest, seen(0, 0))).toBe(latest);
  });

  it('takes a program that makes nothing but buffers for one that works', () => {
    const verdict = new StandingVerdict();
    verdict.update(report('clean', 1), { sites: sites(0, 1), externalSites: sites(1_000, 40) });
    for (let round = 2; round < 9; round++) {
      const now = verdict.update(report('leak', round), {
        sites: sites(0, 0),
        externalSites: sites(round * 1_000, 40),
      });
      expect(now.outcome).toBe('leak');
    }
  });

  it('holds when the buffers that were kept are gone at the end', () => {
    const verdict = verdictAfterLeaking(9);
    const kept = { sites: sites(9_000, 40), externalSites: sites(9_000_000, 40) };
    verdict.update(report('leak', 10), kept);
    const end = verdict.update(report('clean', 11), { ...kept, externalSites: sites(0, 0) });
    expect(end.outcome).toBe('leak');
  });
});
