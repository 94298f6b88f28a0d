import { describe, expect, it } from 'vitest';
import { judgeLeaks, judgeThread } from '../../../src/leak/judge/judge-leaks.js';
import { mergeReports } from '../../../src/leak/judge/merge-reports.js';
import { evidence, flatHeap, frame, leaking, site, typeReadings } from '../build-evidence.js';

const leak = evidence({
  sites: [site(frame('keep', '/app/worker.js'), { survivors: leaking() })],
  types: typeReadings('Job', [100, 2_100, 4_100], 2_000),
});
const clean = evidence({ types: typeReadings('Job', [2_000, 2_000, 2_000], 0), ...flatHeap });
const idle = { ...clean, sampledAllocations: 3 };

describe('mergeReports', () => {
  it('says of the process that it leaks when one of its threads does, and which', () => {
    const merged = judgeLeaks({
      schema: 'memx.evidence/1',
      node: 'v20.20.2',
      threads: [clean, { ...leak, thread: 3 }],
    });
    expect(merged.outcome).toBe('leak');
    expect(merged.suspects.map(({ thread, type }) => ({ thread, type }))).toEqual([
      { thread: 3, type: 'Job' },
    ]);
  });

  it('tells of the heap and the time of the main thread, and of the pauses of all', () => {
    const [main, worker] = [judgeThread(clean), judgeThread({ ...leak, thread: 1 })];
    const merged = mergeReports([main, worker]);
    expect(merged).toMatchObject({ heap: main.heap, durationMs: main.durationMs, rounds: main.rounds });
    expect(merged.pauses).toEqual({ count: 40, totalMs: 400, longestMs: 40 });
  });

  it('lets a thread that did nothing decide nothing', () => {
    expect(mergeReports([judgeThread(idle), judgeThread({ ...clean, thread: 1 })])).toMatchObject({
      outcome: 'clean',
      idle: false,
      notes: [],
    });
    expect(mergeReports([judgeThread(clean), judgeThread({ ...idle, thread: 1 })]).outcome).toBe('clean');
  });

  it('hears a thread that did next to nothing, and yet leaks', () => {
    const opening = (round: number) => ({ 'open files': 20 + 3 * round });
    const waiting = { ...evidence({ resources: opening }), sampledAllocations: 3 };
    const merged = mergeReports([judgeThread(waiting), judgeThread({ ...clean, thread: 1 })]);
    expect(merged).toMatchObject({ outcome: 'leak', idle: false, suspects: [{ type: 'file descriptor' }] });
  });

  it('is undecided, and says why, when all of them did nothing', () => {
    const merged = mergeReports([judgeThread(idle), judgeThread({ ...idle, thread: 1 })]);
    expect(merged).toMatchObject({ outcome: 'undecided', idle: true });
    expect(merged.notes).toEqual([expect.stringMatching(/did next to nothing/)]);
  });
});
