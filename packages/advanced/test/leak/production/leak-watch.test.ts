import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type LeakWatchSources, ProductionWatch } from '../../../src/leak/production/leak-watch.js';
import type { LeakWatchEvent } from '../../../src/leak/production/leak-watch-event.js';
import type { LeakWatchOptions } from '../../../src/leak/production/leak-watch-options.js';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const MIB = 2 ** 20;
const LIMITS = { heapBytes: 2048 * MIB, containerBytes: 1024 * MIB, machineBytes: 8192 * MIB };

type Memory = ReturnType<LeakWatchSources['readFloor']>;

/** A program whose collections and memory are told by hand. */
class ScriptedProgram {
  readonly events: LeakWatchEvent[] = [];
  readonly watch: ProductionWatch;
  isObserved = true;
  #nowMs = 0;
  #memory: Memory = {
    heapUsedBytes: 100 * MIB,
    externalBytes: 5 * MIB,
    arrayBuffersBytes: 3 * MIB,
    rssBytes: 200 * MIB,
  };
  #onGc: Parameters<LeakWatchSources['observeGc']>[0] = () => {};

  constructor(options: Partial<LeakWatchOptions> = {}) {
    this.watch = new ProductionWatch(
      { onEvent: (event) => this.events.push(event), ...options },
      {
        now: () => this.#nowMs,
        observeGc: (listener) => {
          this.#onGc = listener;
          return {
            [Symbol.dispose]: () => {
              this.isObserved = false;
            },
          };
        },
        readFloor: () => this.#memory,
        readLimits: () => LIMITS,
      },
    );
  }

  major(afterMs: number, memory: Partial<Memory> = {}): void {
    this.#nowMs += afterMs;
    this.#memory = { ...this.#memory, ...memory };
    for (const kind of ['minor', 'incremental', 'major'] as const) {
      this.#onGc({ kind, timeMs: this.#nowMs, durationMs: 1, forced: false });
    }
  }
}

/** Noise of ±3 MiB that repeats itself every 7 readings. */
const noise = (index: number) => (((index * 5) % 7) - 3) * MIB;

describe('the floor alarm of a leak watch', () => {
  it('is raised once for a heap that rises for hours, with the time to its limit, and taken back when it falls', () => {
    const program = new ScriptedProgram();
    for (let index = 0; index < 4 * 360; index++) {
      program.major(10_000, { heapUsedBytes: 100 * MIB + index * 0.5 * MIB + noise(index) });
    }
    expect(program.events).toHaveLength(1);
    expect(program.events[0]).toMatchObject({
      kind: 'alarm',
      metric: 'heapUsedBytes',
      limitBytes: 2048 * MIB,
    });
    const [alarm] = program.watch.status().alarms;
    expect((alarm?.bytesPerSecond ?? 0) / MIB).toBeCloseTo(0.05, 3);
    // 820 MiB are used, so 1228 are left.
    expect((alarm?.timeToLimitMs ?? 0) / 3600_000).toBeCloseTo(1228 / 0.05 / 3600, 0);
    expect(alarm?.readings).toBeLessThanOrEqual(128);
    for (let index = 0; index < 1000; index++)
      program.major(10_000, { heapUsedBytes: 90 * MIB + noise(index) });
    expect(program.events[1]).toEqual({ kind: 'recovered', from: 'alarm', metric: 'heapUsedBytes' });
    expect(program.events).toHaveLength(2);
  });

  it('tells of what is outside the heap against the limit of the container', () => {
    const program = new ScriptedProgram();
    for (let index = 0; index < 60; index++) {
      const grown = index * MIB;
      program.major(10_000, { externalBytes: 5 * MIB + grown, rssBytes: 200 * MIB + grown + noise(index) });
    }
    const metrics = program.watch.status().alarms.map(({ metric, limitBytes }) => [metric, limitBytes]);
    expect(metrics).toEqual([
      ['externalBytes', 1024 * MIB],
      ['rssBytes', 1024 * MIB],
    ]);
  });

  it.each([
    ['a noisy level', (index: number) => 100 * MIB + noise(index)],
    ['a start that fills caches', (index: number) => Math.min(400, 100 + index * 30) * MIB + noise(index)],
    ['a sawtooth', (index: number) => (100 + (index % 19) * 9) * MIB],
    ['growth by less than counts', (index: number) => 100 * MIB + index * 4096],
  ])('is not raised by %s', (_name, heapUsedBytes) => {
    const program = new ScriptedProgram();
    for (let index = 0; index < 1000; index++) program.major(10_000, { heapUsedBytes: heapUsedBytes(index) });
    expect(program.events.filter(({ kind }) => kind === 'alarm')).toEqual([]);
  });

  it('waits for the time that was asked for', () => {
    const program = new ScriptedProgram({ leastSpanMs: 3600_000 });
    for (let index = 0; index < 100; index++) program.major(10_000, { heapUsedBytes: (100 + index) * MIB });
    expect(program.events).toEqual([]);
  });
});

describe('watched objects of a leak watch', () => {
  it('are judged after two major collections and five seconds, and told of once', () => {
    const kept = Array.from({ length: 11 }, (_, id) => ({ id }));
    const program = new ScriptedProgram();
    for (const object of kept) program.watch.watch(object, 'GET /report');
    program.major(1000);
    program.major(1000);
    expect(program.watch.status().objects).toEqual([
      { reason: 'GET /report', retained: 0, judged: 0, pending: 11 },
    ]);
    program.major(4000);
    program.major(1000);
    expect(program.events).toEqual([
      { kind: 'suspect', witness: 'objects', reason: 'GET /report', retained: 11, judged: 11, pending: 0 },
    ]);
    expect(kept).toHaveLength(11); // they are held until here
  });

  it('are so many at a time, and of so many reasons, and no more', () => {
    const program = new ScriptedProgram({ maxWatched: 17 });
    const kept: object[] = [];
    for (let index = 0; index < 5000; index++) {
      const object = { index };
      kept.push(object);
      program.watch.watch(object, `reason ${index % 101}`);
    }
    for (let index = 0; index < 5; index++) program.major(3000);
    const rows = program.watch.status().objects;
    expect(rows).toHaveLength(64);
    for (const row of rows) expect(row).toMatchObject({ retained: 17, judged: 17, pending: 0 });
    expect(kept).toHaveLength(5000);
  });
});

describe('requests of a leak watch', () => {
  const report = { method: 'GET', route: '/report/:id' };

  it('are a suspicion when ever more of a route stay, with their share; told of once', () => {
    const program = new ScriptedProgram({ leastRequestAgeMs: 60_000 });
    const kept: object[] = [];
    for (let minute = 0; minute < 9; minute++) {
      for (let id = 0; id < 3; id++) {
        kept.push({ minute, id });
        program.watch.watchRequest(kept.at(-1) ?? {}, report);
      }
      program.major(60_000);
    }
    // Judged at their second collection: after the fourth, nine of three minutes have stayed.
    const [told, ...more] = program.events;
    expect(told).toEqual({
      kind: 'suspect',
      witness: 'requests',
      ...report,
      retained: 9,
      judged: 9,
      retainedShare: 1,
      pending: 3,
    });
    expect(more).toEqual([]);
    expect(program.watch.status().requests).toEqual([
      { ...report, retained: 24, judged: 24, retainedShare: 1, pending: 3 },
    ]);
    expect(kept).toHaveLength(27);
  });

  it('are none while they are young, nor when they are of one moment', () => {
    const program = new ScriptedProgram({ leastRequestAgeMs: 300_000 });
    const kept = Array.from({ length: 101 }, (_, id) => ({ id }));
    for (const request of kept) program.watch.watchRequest(request, report);
    for (let index = 0; index < 4; index++) program.major(60_000);
    expect(program.watch.status().requests).toMatchObject([{ judged: 0, pending: 101 }]);
    for (let index = 0; index < 9; index++) program.major(60_000);
    expect(program.watch.status().requests).toMatchObject([{ retained: 101, judged: 101, pending: 0 }]);
    expect(program.events).toEqual([]);
    expect(kept).toHaveLength(101);
  });

  it('are told apart by method and route, and so many of each are watched', () => {
    const program = new ScriptedProgram({ maxWatched: 7 });
    const kept: object[] = [];
    for (let index = 0; index < 3000; index++) {
      const request = { index };
      kept.push(request);
      program.watch.watchRequest(request, {
        method: index % 2 === 0 ? 'GET' : 'POST',
        route: index % 3 === 0 ? null : `/${index % 99}`,
      });
    }
    for (let index = 0; index < 3; index++) program.major(60_000);
    const rows = program.watch.status().requests;
    expect(rows).toHaveLength(64);
    for (const row of rows) expect(row).toMatchObject({ retained: 7, judged: 7, pending: 0 });
    expect(rows.slice(0, 2)).toMatchObject([
      { method: 'GET', route: null },
      { method: 'POST', route: '/1' },
    ]);
    expect(kept).toHaveLength(3000);
  });

  it('are none where a log holds the last of them, each for hours, and the suspicion at its start is taken back', async () => {
    const program = new ScriptedProgram({ leastRequestAgeMs: 60_000 });
    const log: object[] = [];
    for (let minute = 0; minute < 60; minute++) {
      const request = { minute };
      log.push(request);
      if (log.length > 12) log.shift();
      program.watch.watchRequest(request, report);
      await delay(1); // a weak reference that was just read or made holds until the turn's end
      collect();
      program.major(60_000);
    }
    const kinds = program.events.map(({ kind }) => kind);
    expect(kinds).toEqual(['suspect', 'recovered']);
    expect(program.events[1]).toEqual({ kind: 'recovered', from: 'requests', ...report });
    expect(program.watch.status().requests[0]?.retained).toBeLessThanOrEqual(12);
  });
});

describe('a leak watch', () => {
  it('hands what goes wrong to onError, whatever that does, and goes on', () => {
    const errors: unknown[] = [];
    const broken = new Error('a listener failed');
    const program = new ScriptedProgram({
      onEvent: () => {
        throw broken;
      },
      onError: (error) => {
        errors.push(error);
        throw new Error('and so did this one');
      },
      leastRetained: 1,
    });
    const kept = {};
    program.watch.watch(kept, 'kept');
    for (let index = 0; index < 4; index++) program.major(5000);
    expect(errors).toEqual([broken]);
    expect(program.watch.status().majorCollections).toBe(4);
    expect(kept).toEqual({});
  });

  it('lets go of everything when it is stopped, twice', () => {
    const program = new ScriptedProgram();
    program.watch.stop();
    program.watch.stop();
    expect(program.isObserved).toBe(false);
    program.watch.watch({}, 'late');
    expect(program.watch.status().objects).toEqual([]);
  });

  it.each([
    [{ maxPauseShare: 2 }, /maxPauseShare/],
    [{ maxWatched: 0 }, /maxWatched/],
    [{ onEvents: () => {} }, /onEvents/],
    [{ leastRequestAgeMs: -1 }, /leastRequestAgeMs/],
  ])('refuses %o', (options, message) => {
    expect(() => new ScriptedProgram(options as Partial<LeakWatchOptions>)).toThrow(message);
  });
});
