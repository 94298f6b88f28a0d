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
async function readTypes(workMs: number, slowness = 1, durationMs = HALF_AN_HOUR) {
  nowMs = 0;
  cpuMs = 0;
  const timeline = new TypeTimeline({ ...watchOptions(durationMs), thread: 0 });
  let reading = 0;
  const heap = {
    takeHeapSnapshot: async (onChunk: (chunk: string) => void, onStart: () => void) => {
      onStart();
      onChunk(snapshotText(++reading));
      cpuMs += workMs;
      nowMs += workMs * slowness;
    },
  };
  for (; nowMs < durationMs; nowMs += 1_000) {
    if (timeline.isDue(nowMs, HEAP_BYTES)) timeline.start(heap, () => nowMs);
    await timeline.settle();
  }
  return timeline;
}

describe('the type readings of half an hour', () => {
  it('come early, too, where they are cheap', async () => {
    const { readings, pauses } = await readTypes(290);
    expect(readings.length).toBeGreaterThan(3);
    expect(readings[0]?.timeMs).toBeLessThan(HALF_AN_HOUR / 10);
    expect(pauses.totalMs).toBeLessThan(HALF_AN_HOUR * 0.007);
  });

  it('are as many on a machine so busy that each takes six times as long', async () => {
    const [calm, busy] = [await readTypes(610), await readTypes(610, 6)];
    expect(busy.readings.length).toBe(calm.readings.length);
    expect(busy.pauses.totalMs).toBeGreaterThan(calm.pauses.totalMs * 5);
  });

  it('are the three that a verdict needs where an early one would leave too little for them', async () => {
    const { readings, pauses } = await readTypes(4_100);
    expect(readings).toHaveLength(3);
    expect(pauses.totalMs).toBeLessThan(HALF_AN_HOUR * 0.007 * 1.1);
  });

  it('are left out, and told of, where three would cost far more than the budget', async () => {
    const { readings, notes, pauses } = await readTypes(11_000);
    expect(readings).toHaveLength(1);
    expect(notes[0]).toMatch(/would have stopped the program for about 11000 ms/);
    expect(pauses.totalMs).toBe(11_000);
  });
});
