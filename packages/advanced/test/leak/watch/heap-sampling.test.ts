import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RawSamplingProfile } from '../../../src/inspector/heap-protocol.js';
import type { ThreadEvidence } from '../../../src/leak/evidence.js';
import { judgeThread } from '../../../src/leak/judge/judge-leaks.js';
import { watchOptions } from '../../../src/leak/leak-detector-options.js';
import { type WatchedHeap, watchThread } from '../../../src/leak/watch/thread-watch.js';

const MIB = 2 ** 20;
const PAUSE_MS = 11;

let nowMs = 0;
beforeEach(() => {
  nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
});
afterEach(() => void vi.restoreAllMocks());

/** What a web framework calls before it calls the program. */
const FRAMES_AROUND = 40;

interface Program {
  readonly bytesPerSecond: (timeMs: number) => number;
  readonly leakedBytesPerSecond: number;
}

/** As V8 does: the numbers of samples and of nodes begin anew with the sampling, whose samples are forgotten. */
function simulatedHeap({ bytesPerSecond, leakedBytesPerSecond }: Program) {
  const intervals: number[] = [];
  let kept: number[] = [];
  let ordinal = 0;
  let firstNode = 1;
  let lastMs = 0;
  let owed = 0;
  const allocate = () => {
    const intervalBytes = intervals.at(-1) ?? 1;
    for (; lastMs + 100 <= nowMs; lastMs += 100) {
      ordinal += Math.round(bytesPerSecond(lastMs) / 10 / intervalBytes);
      owed += leakedBytesPerSecond / 10 / intervalBytes;
      for (; owed >= 1; owed--) kept.push(++ordinal);
    }
  };
  const heap: WatchedHeap = {
    startSampling: async ({ intervalBytes }) => {
      allocate();
      intervals.push(intervalBytes);
      firstNode = firstNode === 1 ? 2 : 1;
    },
    stopSampling: async () => {
      allocate();
      kept = [];
      ordinal = 0;
    },
    takeHeapSnapshot: async () => {},
    forgetObjectIds: async () => {},
    startMarking: async () => {},
    evaluate: async () => undefined,
    readMemory: async () => ({
      heapUsedBytes: 50 * MIB + (nowMs / 1000) * leakedBytesPerSecond,
      heapFreeBytes: 0,
      externalBytes: 0,
      arrayBuffersBytes: 0,
    }),
    readSamplingProfile: async (): Promise<RawSamplingProfile> => {
      allocate();
      nowMs += PAUSE_MS;
      const size = intervals.at(-1) ?? 0;
      const names = firstNode === 1 ? ['keepJob', 'runJob'] : ['runJob', 'keepJob'];
      const idOf = (name: string) => 2 + names.indexOf(name);
      const samples = [
        ...kept.map((ordinal) => ({ size, nodeId: idOf('keepJob'), ordinal })),
        { size, nodeId: idOf('runJob'), ordinal: ++ordinal },
      ];
      const nodeOf = (id: number, functionName: string, children: RawSamplingProfile['head'][] = []) => ({
        id,
        selfSize: samples.filter(({ nodeId }) => nodeId === id).length * size,
        callFrame: {
          scriptId: functionName,
          functionName,
          url: 'file:///app/jobs.js',
          lineNumber: 7,
          columnNumber: 1,
        },
        children,
      });
      return {
        head: Array.from({ length: FRAMES_AROUND }).reduce<RawSamplingProfile['head'][]>(
          (children, _, at) => [
            nodeOf(99 + at, at === FRAMES_AROUND - 1 ? '(root)' : `handle${at}`, children),
          ],
          names.map((name) => nodeOf(idOf(name), name)),
        )[0] as RawSamplingProfile['head'],
        samples,
      };
    },
  };
  return { heap, intervals };
}

async function watch(program: Program, durationMs: number) {
  const { heap, intervals } = simulatedHeap(program);
  let last: ThreadEvidence | undefined;
  await watchThread(watchOptions(durationMs, { typeReadings: 0 }), {
    thread: 0,
    heap,
    signal: new AbortController().signal,
    sleep: async (ms) => {
      nowMs += ms;
    },
    onRound: (evidence) => {
      last = evidence;
    },
  });
  if (!last) throw new Error('There was no round.');
  return { intervals, evidence: last, report: judgeThread(last) };
}

const CALM = { bytesPerSecond: () => 4 * MIB, leakedBytesPerSecond: 1000 };
const BUSY = { bytesPerSecond: () => 240 * MIB, leakedBytesPerSecond: 100_003 };
const TEN_MINUTES = 600_000;

describe('the sampling of a long watch', () => {
  it('stays fine in a calm program', async () => {
    const { intervals } = await watch(CALM, TEN_MINUTES);
    expect(intervals).toEqual([16 * 1024]);
  });

  it('is widened once to 1 % of the time where much is allocated, and still finds the leak and its bytes', async () => {
    const widest = 1_000_000; // a leak of 100 KB/s leaves 60 samples in ten minutes
    const { intervals, evidence, report } = await watch(BUSY, TEN_MINUTES);
    expect(intervals).toEqual([16 * 1024, widest]);
    expect(evidence.intervalBytes).toBe(widest);
    expect(report.outcome).toBe('leak');
    const [site] = report.suspects[0]?.sites ?? [];
    expect(site?.functionName).toBe('keepJob');
    const keptBytes = (100_003 * TEN_MINUTES) / 1000;
    expect(site?.sizeBytes).toBeGreaterThan(keptBytes * 0.9);
    expect(site?.sizeBytes).toBeLessThan(keptBytes * 1.01);
  });

  it('is not widened for what a program allocates while it starts', async () => {
    const bytesPerSecond = (timeMs: number) => (timeMs < 3_000 ? 300 : 4) * MIB;
    const { intervals } = await watch({ ...CALM, bytesPerSecond }, TEN_MINUTES);
    expect(intervals).toEqual([16 * 1024]);
  });

  it('keeps its samples when the program gets busy after 15 % of the time', async () => {
    const bytesPerSecond = (timeMs: number) => (timeMs < 91_000 ? 4 : 240) * MIB;
    const { intervals } = await watch({ ...BUSY, bytesPerSecond }, TEN_MINUTES);
    expect(intervals).toEqual([16 * 1024]);
  });

  it('is left alone in a watch of less than two minutes', async () => {
    const { intervals } = await watch(BUSY, 20_000);
    expect(intervals).toEqual([16 * 1024]);
  });
});
