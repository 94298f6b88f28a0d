import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSampler, startTracking, trackMemory } from '../../src/index.js';
import { endSampler, samplerStatus } from '../../src/testing/index.js';

const MIB = 1024 * 1024;

function keepBusy(durationMs: number): void {
  const endMs = performance.now() + durationMs;
  while (performance.now() < endMs);
}

const sleep = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));

describe('the sampling thread', () => {
  beforeAll(startSampler);
  afterEach(() => {
    expect(samplerStatus().activeTrackings).toBe(0);
  });

  it('goes on while this thread is in synchronous code', () => {
    const tracking = startTracking({ intervalMs: 10 });
    keepBusy(1000);
    expect(tracking.stop().length).toBeGreaterThan(50);
  });

  // The array buffers are seen if the thread gets a turn in time, which a busy machine may not give it.
  it('sees what is touched for 30 ms only, within 5 %', { retry: 2 }, () => {
    const touchForAMoment = trackMemory(
      () => {
        const burst = new Uint8Array(500 * MIB).fill(1);
        keepBusy(30);
        return burst.length;
      },
      { intervalMs: 5 },
    );
    const { memoryUsage } = touchForAMoment();
    const rise = memoryUsage.peak.rssBytes - memoryUsage.start.rssBytes;
    expect(Math.abs(rise - 500 * MIB)).toBeLessThan(25 * MIB);
    expect(memoryUsage.peak.arrayBuffersBytes).toBeGreaterThanOrEqual(500 * MIB);
  });

  it('is one, idle when nobody tracks, for any number of overlapping trackings', async () => {
    const wait = trackMemory(() => sleep(50), { intervalMs: 5 });
    const calls = Array.from({ length: 50 }, () => wait());
    expect(samplerStatus()).toMatchObject({ activeTrackings: 50, threadsStarted: 1, threadRunning: true });
    const lengths = (await Promise.all(calls)).map(({ memoryUsage }) => memoryUsage.length);
    expect(Math.min(...lengths)).toBeGreaterThan(5);
    await sleep(20); // one more interval may be under way
    const { rowsKept } = samplerStatus();
    await sleep(50);
    expect(samplerStatus()).toMatchObject({ rowsKept, activeTrackings: 0, threadsStarted: 1 });
  });

  it('goes by the shortest interval while that is wanted', async () => {
    const slow = startTracking({ intervalMs: 60_000 });
    const fast = startTracking({ intervalMs: 5 });
    await sleep(100);
    expect(fast.stop().length).toBeGreaterThan(8);
    const atLeast = slow.peek().length;
    await sleep(100);
    expect(slow.stop().length).toBeLessThan(atLeast + 5);
  });

  it('adds heap readings of this thread to the resident set, in the order of time', async () => {
    const tracking = startTracking({ intervalMs: 5 });
    await sleep(60);
    const series = tracking.stop();
    const times = [...series.column('timeMs')];
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const withHeap = [...series].filter((sample) => sample.heapUsedBytes !== null).length;
    expect(withHeap).toBeGreaterThan(2);
    expect(withHeap).toBeLessThan(series.length);
    expect(series.start.heapUsedBytes).toBeGreaterThan(MIB);
    expect(Math.abs(series.startedAtEpochMs - Date.now())).toBeLessThan(10_000);
  });

  it('lets go of what nobody can stop any more', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    (() => {
      startTracking({ intervalMs: 1000 });
    })();
    expect(samplerStatus().activeTrackings).toBe(1);
    while (samplerStatus().activeTrackings > 0) {
      collect();
      await sleep(1);
    }
  });

  // V8 compiles in the meantime what has become hot; what leaks does so every time.
  it('is begun and ended 10,000 times and leaves nothing', { retry: 2 }, async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const tracked = trackMemory(() => 1, { intervalMs: 10 });
    const floor = async (calls: number) => {
      for (let call = 0; call < calls; call++) tracked();
      await sleep(20);
      collect();
      collect();
      return process.memoryUsage().heapUsed;
    };
    await floor(2000);
    const resources = process.getActiveResourcesInfo().length;
    const listeners = process.eventNames().map((name) => process.listenerCount(name));
    const before = await floor(1000);
    const after = await floor(10_000);
    expect(after - before).toBeLessThan(256 * 1024); // 26 bytes a call: an object each would be more
    expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(resources);
    expect(process.eventNames().map((name) => process.listenerCount(name))).toEqual(listeners);
    expect(samplerStatus()).toMatchObject({ threadsStarted: 1, activeTrackings: 0 });
  });

  it('can be ended by a test, and the next tracking starts another', async () => {
    const during = startTracking({ intervalMs: 5 });
    await endSampler();
    await endSampler();
    expect(samplerStatus()).toMatchObject({ threadRunning: false });
    expect(during.stop().length).toBeGreaterThanOrEqual(2);
    startTracking().stop();
    await startSampler();
    expect(samplerStatus()).toMatchObject({ threadRunning: true, threadsStarted: 2 });
  });
});
