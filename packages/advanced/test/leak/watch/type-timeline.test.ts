import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchOptions } from '../../../src/leak/leak-detector-options.js';
import { TypeTimeline } from '../../../src/leak/watch/type-timeline.js';
import { buildSnapshot } from '../../../src/testing/index.js';

const MIB = 2 ** 20;
const HEAP_BYTES = 11 * MIB;
const HALF_AN_HOUR = 1_800_000;

let nowMs = 0;
let cpuMs = 0;
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  vi.spyOn(process, 'cpuUsage').mockImplementation((before) => ({
    user: cpuMs * 1000 - (before?.user ?? 0),
    system: 0,
  }));
});
afterEach(() => void vi.restoreAllMocks());

/** With one more small object for each reading. */
function snapshotText(readings: number): string {
  return buildSnapshot((heap) => {
    heap.edge(heap.root, 'element', 0, heap.object('Orders', { sizeBytes: HEAP_BYTES }));
    for (let order = 1; order <= readings; order++)
      heap.edge(heap.root, 'element', order, heap.object('Order', { sizeBytes: 48 }));
  });
}

/** A watch that asks every second; each reading takes so much work, and so many times as long. */
async function readTypes(workMs: number, slowness = 1, heapBytes = HEAP_BYTES) {
  const durationMs = HALF_AN_HOUR;
  nowMs = 0;
  cpuMs = 0;
  const readAtMs: number[] = [];
  const refused: { atMs: number; nextAtMs: number }[] = [];
  let [followedFrom, followedMs] = [Number.NaN, 0];
  const heap = {
    takeHeapSnapshot: async (onChunk: (chunk: string) => void, onStart: () => void) => {
      onStart();
      readAtMs.push(nowMs);
      followedFrom = Number.isNaN(followedFrom) ? nowMs : followedFrom;
      onChunk(snapshotText(readAtMs.length));
      cpuMs += workMs;
      nowMs += workMs * slowness;
    },
    forgetObjectIds: async () => {
      followedMs += nowMs - followedFrom;
      followedFrom = Number.NaN;
    },
  };
  const timeline = new TypeTimeline({ ...watchOptions(durationMs), thread: 0 }, heap);
  for (; nowMs < durationMs; nowMs += 1_000) {
    const wasDue = nowMs >= timeline.nextAtMs;
    if (timeline.isDue(nowMs, heapBytes)) timeline.start(() => nowMs);
    else if (wasDue) refused.push({ atMs: nowMs, nextAtMs: timeline.nextAtMs });
    await timeline.settle();
  }
  const { readings, landmarks, notes, pauses } = timeline;
  return {
    timeline,
    readings,
    landmarks,
    notes,
    pauses,
    readAtMs,
    refused,
    followedShare: followedMs / durationMs,
    isFollowed: !Number.isNaN(followedFrom),
  };
}

describe('the type readings of half an hour', () => {
  it('come early, too, where they are cheap: three that belong together, and single ones far apart', async () => {
    const { readings, landmarks, timeline, readAtMs, pauses } = await readTypes(290);
    expect(readAtMs).toHaveLength(8);
    expect(readAtMs[0]).toBeLessThan(HALF_AN_HOUR / 10);
    expect(readings.map(({ timeMs }) => timeMs)).toEqual(readAtMs.slice(5));
    expect(landmarks.map(({ timeMs }) => timeMs)).toEqual(readAtMs.slice(2, 5));
    expect(timeline.readAtMs).toEqual(readAtMs);
    expect(pauses.totalMs).toBeLessThan(HALF_AN_HOUR * 0.007);
  });

  it('let V8 forget the ids of objects in between, and at the end', async () => {
    const { followedShare, isFollowed } = await readTypes(290);
    expect(isFollowed).toBe(false);
    expect(followedShare).toBeLessThan(0.25);
  });

  it('tell objects of one series only apart by age', async () => {
    const { readings } = await readTypes(290);
    const settled = readings.map(({ rows }) => rows.find(({ type }) => type === 'Order')?.settledCount);
    expect(settled).toEqual([0, 0, 1]);
  });

  it('are as many on a machine so busy that each takes six times as long', async () => {
    const [calm, busy] = [await readTypes(610), await readTypes(610, 6)];
    expect(busy.readAtMs.length).toBe(calm.readAtMs.length);
    expect(busy.pauses.totalMs).toBeGreaterThan(calm.pauses.totalMs * 5);
  });

  it('are the three that a verdict needs where an early one would leave too little for them', async () => {
    const { readings, readAtMs, pauses } = await readTypes(4_100);
    expect(readAtMs).toHaveLength(3);
    expect(readings).toHaveLength(3);
    expect(pauses.totalMs).toBeLessThan(HALF_AN_HOUR * 0.007 * 1.1);
  });

  it.each([40, 90, 300, 2_000])(
    'are asked for a few times only where a heap of %d MiB is too dear',
    async (mib) => {
      const { refused } = await readTypes(mib * 60, 1, mib * MIB);
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.length).toBeLessThan(20);
      for (const { atMs, nextAtMs } of refused) expect(nextAtMs).toBeGreaterThan(atMs);
    },
  );

  it('are left out, and told of, where three would cost far more than the budget', async () => {
    const { readings, notes, pauses } = await readTypes(11_000);
    expect(readings).toHaveLength(1);
    expect(notes[0]).toMatch(/would have stopped the program for about 11000 ms/);
    expect(pauses.totalMs).toBe(11_000);
  });
});
