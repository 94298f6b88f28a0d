import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type LeakWatchEvent, startLeakWatch } from '../../../src/index.js';

setFlagsFromString('--expose-gc');
/** The test forces collections; the watch never does. */
const collect: () => void = runInNewContext('gc');

describe('startLeakWatch', { timeout: 60_000 }, () => {
  it('tells kept objects from those that are let go, and sees the array buffers rise', async () => {
    const events: LeakWatchEvent[] = [];
    using watch = startLeakWatch({
      onEvent: (event) => events.push(event),
      leastSpanMs: 5_000,
      leastGrownBytes: 2 ** 20,
    });
    const kept: object[] = [];
    const buffers: ArrayBuffer[] = [];
    for (let id = 0; id < 13; id++) {
      const request = { id };
      kept.push(request);
      watch.watch(request, 'kept');
      watch.watch({ id }, 'let go');
    }
    for (let second = 0; second < 16; second++) {
      buffers.push(new ArrayBuffer(2 ** 20));
      collect();
      await delay(1_050);
    }
    const { objects, alarms, majorCollections } = watch.status();
    expect(majorCollections).toBeGreaterThanOrEqual(16);
    expect(objects).toEqual([
      { reason: 'kept', retained: 13, judged: 13, pending: 0 },
      { reason: 'let go', retained: 0, judged: 13, pending: 0 },
    ]);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'suspect', reason: 'kept', retained: 13 }));
    const alarm = alarms.find(({ metric }) => metric === 'arrayBuffersBytes');
    expect((alarm?.bytesPerSecond ?? 0) / 2 ** 20).toBeGreaterThan(0.5);
    expect((alarm?.bytesPerSecond ?? 0) / 2 ** 20).toBeLessThan(1);
    expect([kept, buffers].map(({ length }) => length)).toEqual([13, 16]);
  });

  it('reads cohorts within the pauses that are allowed', async () => {
    using watch = startLeakWatch({ onEvent: () => {}, maxPauseShare: 0.1, samplingIntervalBytes: 16 * 1024 });
    const kept: object[] = [];
    for (let turn = 0; turn < 4000 && (watch.status().report?.rounds ?? 0) < 2; turn++) {
      for (let index = 0; index < 50; index++) kept.push({ turn, text: `${turn} ${index}` });
      await delay(10);
    }
    const { report } = watch.status();
    expect(report?.rounds).toBeGreaterThanOrEqual(2);
    expect(report?.pauses.totalMs).toBeGreaterThan(0);
  });
});
