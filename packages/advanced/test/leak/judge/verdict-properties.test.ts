import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeakEvidence, ThreadEvidence } from '../../../src/leak/evidence.js';
import { judgeLeaks, judgeThread } from '../../../src/leak/judge/judge-leaks.js';
import type { LeakReport, LeakSuspect } from '../../../src/leak/leak-report.js';
import { arbitraryEvidence, arbitraryThread, EVEN } from '../arbitrary-evidence.js';
import {
  addGrowth,
  changeThreads,
  raiseLevels,
  reverseLists,
  scaleBytes,
  shiftTime,
} from '../change-evidence.js';

const RUNS = { numRuns: 300 };

/** What a report says, without the readings that it quotes. */
function verdictOf({ outcome, idle, suspects, notes }: LeakReport) {
  return {
    outcome,
    idle,
    notes,
    suspects: suspects.map(({ thread, memory, confidence, type, fingerprint, recommendation, sites }) => ({
      thread,
      memory,
      confidence,
      type,
      fingerprint,
      recommendation,
      sites: sites.map(({ filename, line }) => `${filename}:${line}`),
    })),
  };
}

const CONFIDENCE = { none: 0, low: 1, medium: 2, high: 3 } as const;
const OUTCOME = { clean: 0, undecided: 1, leak: 2 } as const;

const surenessOf = (suspect: LeakSuspect | undefined) => CONFIDENCE[suspect?.confidence ?? 'none'];

/** As sure as before of the whole, and of each thread's heap and external memory. */
function expectNoLess(more: LeakReport, less: LeakReport): void {
  expect(OUTCOME[more.outcome]).toBeGreaterThanOrEqual(OUTCOME[less.outcome]);
  expect(surenessOf(more.suspects[0])).toBeGreaterThanOrEqual(surenessOf(less.suspects[0]));
  for (const suspect of less.suspects.filter(({ memory }) => memory === 'heap' || memory === 'external')) {
    const { thread, memory } = suspect;
    const same = more.suspects.find((other) => other.thread === thread && other.memory === memory);
    expect(surenessOf(same)).toBeGreaterThanOrEqual(surenessOf(suspect));
  }
}

function expectSame(
  threads: fc.Arbitrary<ThreadEvidence>,
  change: (thread: ThreadEvidence, by: number) => ThreadEvidence,
): void {
  fc.assert(
    fc.property(threads, fc.nat(4_000), (thread, by) => {
      expect(verdictOf(judgeThread(change(thread, by)))).toEqual(verdictOf(judgeThread(thread)));
    }),
    RUNS,
  );
}

describe('the evidence that is judged here', () => {
  it('holds leaks of all confidences, healthy programs and such as ask for more time', () => {
    const reports = fc.sample(arbitraryThread(), { numRuns: 2_000, seed: 7 }).map(judgeThread);
    const times = (holds: (report: LeakReport) => boolean) => reports.filter(holds).length;
    for (const outcome of ['leak', 'clean', 'undecided'] as const)
      expect(times((report) => report.outcome === outcome)).toBeGreaterThan(25);
    for (const confidence of ['low', 'medium', 'high'] as const)
      expect(times(({ suspects }) => suspects[0]?.confidence === confidence)).toBeGreaterThan(25);
    for (const pattern of ['kept', 'backlog', 'regrown'] as const)
      expect(times(({ suspects }) => suspects[0]?.pattern === pattern)).toBeGreaterThan(0);
    for (const memory of ['heap', 'external', 'resource', 'native'] as const)
      expect(times(({ suspects }) => suspects.some((suspect) => suspect.memory === memory))).toBeGreaterThan(
        5,
      );
  });
});

describe('the verdict on any evidence', () => {
  it('does not depend on how much memory there was before', () => {
    const levels = fc.record({
      heapUsedBytes: fc.nat(2 ** 33),
      externalBytes: fc.nat(2 ** 33),
      rssBytes: fc.nat(2 ** 33),
    });
    fc.assert(
      fc.property(arbitraryThread(), levels, (thread, constants) => {
        expect(verdictOf(judgeThread(raiseLevels(thread, constants)))).toEqual(
          verdictOf(judgeThread(thread)),
        );
      }),
      RUNS,
    );
  });

  it('does not depend on when the watch began', () => {
    expectSame(arbitraryThread(), (thread, by) => shiftTime(thread, by * 997));
  });

  it('does not depend on the order of sites, stacks, openings and types', () => {
    expectSame(arbitraryThread(), reverseLists);
  });

  it('does not depend on the order of threads', () => {
    fc.assert(
      fc.property(arbitraryEvidence(), (evidence) => {
        const turned = { ...evidence, threads: evidence.threads.toReversed() };
        expect(judgeLeaks(turned)).toEqual(judgeLeaks(evidence));
      }),
      RUNS,
    );
  });

  // Thresholds in bytes are absolute: larger objects may pass one that smaller ones did not, and never the other way.
  it('is never lowered by larger objects, and tells of as many times the growth', () => {
    fc.assert(
      fc.property(arbitraryEvidence(), fc.integer({ min: 1, max: 10 }), (evidence, power) => {
        const factor = 2 ** power;
        const before = judgeLeaks(evidence);
        const after = judgeLeaks(changeThreads(evidence, (thread) => scaleBytes(thread, factor)));
        expectNoLess(after, before);
        expect(after.heap.heapBytesPerSecond).toBe(before.heap.heapBytesPerSecond * factor);
      }),
      RUNS,
    );
  });

  // Steady growth, that is. A burst of births at one end is what caches and batches look like, and may well lower it.
  it('is never lowered by more growth', () => {
    const growths = fc.record({
      bytesPerMs: fc.nat(4_096),
      instancesPerMs: fc.nat(7),
      survivorsPerSecond: fc.nat(4),
    });
    fc.assert(
      fc.property(arbitraryEvidence(EVEN), growths, (evidence, growth) => {
        const more = changeThreads(evidence, (thread) => addGrowth(thread, growth));
        expectNoLess(judgeLeaks(more), judgeLeaks(evidence));
      }),
      RUNS,
    );
  });

  it('is never lowered by a thread more', () => {
    fc.assert(
      fc.property(arbitraryEvidence(), arbitraryThread(9), (evidence, another) => {
        const more: LeakEvidence = { ...evidence, threads: [...evidence.threads, another] };
        const [before, after] = [judgeLeaks(evidence), judgeLeaks(more)];
        if (before.outcome === 'leak') expect(after.outcome).toBe('leak');
      }),
      RUNS,
    );
  });

  it('is the same of evidence that was stored as JSON', () => {
    fc.assert(
      fc.property(arbitraryEvidence(), (evidence) => {
        const stored: LeakEvidence = JSON.parse(JSON.stringify(evidence));
        expect(judgeLeaks(stored)).toEqual(judgeLeaks(evidence));
      }),
      RUNS,
    );
  });

  it('is a report that JSON can tell: no number that is none, nothing undefined, no negative zero', () => {
    fc.assert(
      fc.property(arbitraryEvidence(), (evidence) => {
        const report = judgeLeaks(evidence);
        expect(JSON.parse(JSON.stringify(report))).toStrictEqual(report);
      }),
      RUNS,
    );
  });

  it('is a leak exactly where a suspect is medium or high, and clean only where there is none', () => {
    fc.assert(
      fc.property(arbitraryEvidence(), (evidence) => {
        const { outcome, suspects } = judgeLeaks(evidence);
        expect(outcome === 'leak').toBe(suspects.some(({ confidence }) => confidence !== 'low'));
        if (outcome === 'clean') expect(suspects).toEqual([]);
      }),
      RUNS,
    );
  });

  it('says how long to wait exactly where it is undecided: as long again as it was watched, and ten seconds or more', () => {
    fc.assert(
      fc.property(arbitraryThread(), (thread) => {
        const { outcome, waitMs, durationMs } = judgeThread(thread);
        expect(waitMs).toBe(outcome === 'undecided' ? Math.max(durationMs, 10_000) : null);
      }),
      RUNS,
    );
    fc.assert(
      fc.property(arbitraryEvidence(), (evidence) => {
        const { outcome, waitMs } = judgeLeaks(evidence);
        const waits = evidence.threads.map((thread) => judgeThread(thread).waitMs);
        expect(waitMs === null).toBe(outcome !== 'undecided');
        if (waitMs !== null) expect(waits).toContain(waitMs);
      }),
      RUNS,
    );
  });
});
