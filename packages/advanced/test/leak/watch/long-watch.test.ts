import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RawSamplingProfile } from '../../../src/inspector/heap-protocol.js';
import type { ThreadEvidence } from '../../../src/leak/evidence.js';
import { judgeThread } from '../../../src/leak/judge/judge-leaks.js';
import { watchOptions } from '../../../src/leak/leak-detector-options.js';
import { type WatchedHeap, watchThread } from '../../../src/leak/watch/thread-watch.js';

const HOURS_MS = 4 * 3600_000;
const PAUSE_MS = 47;
const SAMPLE_BYTES = 16_411;

let nowMs = 0;
beforeEach(() => {
  nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
});
afterEach(() => void vi.restoreAllMocks());

/** A heap in which one function keeps a sample every second, and another's samples live for 20 s. */
function simulatedHeap(leaks: boolean): WatchedHeap {
  const lifetimeMs = [leaks ? Number.POSITIVE_INFINITY : 60_000, 20_000];
  const births: { readonly atMs: number; readonly site: number; readonly ordinal: number }[] = [];
  let alive = births;
  let lastMs = 0;
  const live = () => {
    for (; lastMs + 1_000 < nowMs; lastMs += 1_000) {
      alive.push({ atMs: lastMs, site: 1, ordinal: lastMs * 2 + 1 });
      alive.push({ atMs: lastMs, site: 0, ordinal: lastMs * 2 + 2 });
    }
    alive = alive.filter(({ atMs, site }) => nowMs - atMs < (lifetimeMs[site] ?? 0));
    return alive;
  };
  return {
    startSampling: async () => {},
    stopSampling: async () => {},
    takeHeapSnapshot: async () => {},
    forgetObjectIds: async () => {},
    startMarking: async () => {},
    evaluate: async () => undefined,
    readMemory: async () => ({
      heapUsedBytes: 50 * 2 ** 20 + live().length * SAMPLE_BYTES,
      heapFreeBytes: 0,
      externalBytes: 0,
      arrayBuffersBytes: 0,
    }),
    readSamplingProfile: async (): Promise<RawSamplingProfile> => {
      nowMs += PAUSE_MS;
      const samples = live().map(({ site, ordinal }) => ({ size: SAMPLE_BYTES, nodeId: site + 2, ordinal }));
      const nodeOf = (id: number, functionName: string, children: RawSamplingProfile['head'][] = []) => ({
        id,
        selfSize: samples.filter(({ nodeId }) => nodeId === id).length * SAMPLE_BYTES,
        callFrame: {
          scriptId: `${id}`,
          functionName,
          url: 'file:///app/jobs.js',
          lineNumber: id,
          columnNumber: 1,
        },
        children,
      });
      return { head: nodeOf(1, '(root)', [nodeOf(2, 'keepJob'), nodeOf(3, 'runJob')]), samples };
    },
  };
}

async function watchForHours(leaks: boolean) {
  const options = { ...watchOptions(HOURS_MS, { typeReadings: 0, intervalMs: 20_000 }) };
  let last: ThreadEvidence | undefined;
  let firstLeakMs: number | null = null;
  let mostRounds = 0;
  let rounds = 0;
  await watchThread(options, {
    thread: 0,
    heap: simulatedHeap(leaks),
    signal: new AbortController().signal,
    sleep: async (ms) => {
      nowMs += ms;
    },
    onRound: (evidence) => {
      last = evidence;
      rounds += 1;
      mostRounds = Math.max(mostRounds, evidence.rounds.length);
      if (rounds % 8 === 0 && firstLeakMs === null && judgeThread(evidence).outcome === 'leak')
        firstLeakMs = nowMs;
    },
  });
  if (!last) throw new Error('There was no round.');
  return { evidence: last, report: judgeThread(last), firstLeakMs, mostRounds };
}

describe('a watch of four hours', { timeout: 60_000 }, () => {
  it('finds a slow leak, early and at the end, in bounded memory, with 1 % of pauses', async () => {
    const { evidence, report, firstLeakMs, mostRounds } = await watchForHours(true);
    expect(report.outcome).toBe('leak');
    expect(report.suspects[0]?.sites[0]?.functionName).toBe('keepJob');
    expect(firstLeakMs).toBeLessThan(HOURS_MS / 10);
    expect(mostRounds).toBeLessThanOrEqual(128);
    expect(JSON.stringify(evidence).length).toBeLessThan(256 * 1024);
    expect(evidence.pauses.totalMs).toBeLessThanOrEqual(HOURS_MS * 0.01);
    expect(evidence.rounds.at(-1)?.timeMs).toBeGreaterThanOrEqual(HOURS_MS);
  });

  it('accuses nobody of what lives for a minute', async () => {
    const { report, firstLeakMs } = await watchForHours(false);
    expect(report.outcome).not.toBe('leak');
    expect(firstLeakMs).toBeNull();
  });
});
