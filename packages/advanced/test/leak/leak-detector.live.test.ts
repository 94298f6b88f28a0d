import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { MemxError } from '@memx/core';
import { afterEach, describe, expect, it } from 'vitest';
import { LeakDetector } from '../../src/leak/leak-detector.js';

class Ticket {
  readonly id: number;
  readonly note: string;

  constructor(id: number) {
    this.id = id;
    this.note = `ticket ${id}`;
  }
}

const kept: Ticket[] = [];
let timer: NodeJS.Timeout | undefined;

function keepTickets(): void {
  for (let count = 0; count < 20; count++) kept.push(new Ticket(kept.length));
}

const uploads: Buffer[] = [];

function keepUpload(): void {
  uploads.push(Buffer.alloc(100_003, 7));
}

afterEach(() => {
  clearInterval(timer);
  kept.length = 0;
  uploads.length = 0;
});

const snapshotFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('memx-watch-'));

const codeOf = async (action: () => unknown) => {
  try {
    await action();
  } catch (error) {
    if (error instanceof MemxError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
};

describe('LeakDetector', { timeout: 120_000 }, () => {
  it('names the function whose objects stay, without counting types', async () => {
    timer = setInterval(keepTickets, 5);
    using detector = new LeakDetector({ typeReadings: 0, samplingIntervalBytes: 4096, intervalMs: 300 });
    const rounds: number[] = [];
    const seen = new AbortController(); // after 4 s, or later on a busy machine
    const report = await detector.startMonitoring({
      durationMs: 45_000,
      signal: seen.signal,
      onRound: ({ rounds: count, outcome }) => {
        rounds.push(count);
        if (outcome === 'leak') seen.abort();
      },
    });
    expect(report.outcome).toBe('leak');
    const names = report.suspects[0]?.sites.map(({ functionName }) => functionName) ?? [];
    expect(names.some((name) => /keepTickets|Ticket/.test(name))).toBe(true);
    expect(rounds.length).toBeGreaterThan(7);
    expect(detector.analyzeLeaks()).toEqual(report);
  });

  it('names the type and what holds it, and not the objects that memx itself makes', async () => {
    timer = setInterval(keepTickets, 5);
    using detector = new LeakDetector();
    const paths: unknown[] = [];
    const { suspects } = await detector.startMonitoring({
      durationMs: 15_000,
      onRound: (latest) => paths.push(...latest.suspects.map(({ path }) => path)),
    });
    expect(suspects[0]?.type).toBe('Ticket');
    expect(suspects[0]?.growthInstancesPerSecond).toBeGreaterThan(100);
    expect(suspects[0]?.path?.join(' › ')).toMatch(/keepTickets .*Array|variable kept/);
    expect(paths.every((path) => path === null)).toBe(true);
    expect(snapshotFolders()).toEqual([]);
  });

  it('finds buffers that stay, who makes them, and is done when that is beyond doubt', async () => {
    const { alloc } = Buffer;
    timer = setInterval(keepUpload, 20);
    using detector = new LeakDetector({ intervalMs: 500, explain: false });
    const report = await detector.startMonitoring({ durationMs: 55_000, untilSure: true });
    expect(report).toMatchObject({ outcome: 'leak', suspects: [{ memory: 'external', confidence: 'high' }] });
    expect(report.suspects[0]?.sites.map(({ functionName }) => functionName)).toContain('keepUpload');
    expect(report.sureAtMs).toBe(report.durationMs);
    expect(report.durationMs).toBeLessThan(50_000);
    expect(Buffer.alloc).toBe(alloc);
  });

  it('wraps nothing and keeps no snapshot when it is told not to', async () => {
    const { alloc } = Buffer;
    using detector = new LeakDetector({ external: false, explain: false, intervalMs: 100 });
    const seen: unknown[] = [];
    await detector.startMonitoring({
      durationMs: 2_000,
      onRound: () => seen.push(Buffer.alloc === alloc, ...snapshotFolders()),
    });
    expect(new Set(seen)).toEqual(new Set([true]));
  });

  it('can be stopped early, and keeps what it has seen', async () => {
    using detector = new LeakDetector({ typeReadings: 0, intervalMs: 50 });
    const stopping = new AbortController();
    const report = await detector.startMonitoring({
      durationMs: 60_000,
      signal: stopping.signal,
      onRound: ({ rounds }) => {
        if (rounds === 3) stopping.abort();
      },
    });
    expect(report.rounds).toBeGreaterThanOrEqual(3);
    expect(report.outcome).toBe('undecided');
    expect(report.waitMs).toBeGreaterThan(0);
  });

  it('monitors once at a time, and says so before there is anything to analyse', async () => {
    using detector = new LeakDetector({ typeReadings: 0 });
    expect(await codeOf(() => detector.analyzeLeaks())).toBe('ERR_MEMX_NOT_STARTED');
    const first = detector.startMonitoring({ durationMs: 1_000 });
    expect(await codeOf(() => detector.startMonitoring({ durationMs: 1_000 }))).toBe(
      'ERR_MEMX_ALREADY_STARTED',
    );
    await first;
  });

  it.each([
    { intervalMs: 1 },
    { samplingIntervalBytes: 10 },
    { typeReadings: -1 },
    { interval: 500 } as object,
    { explain: 'yes' } as object,
    { external: 1 } as object,
  ])('refuses the options %j', async (options) => {
    expect(await codeOf(() => new LeakDetector(options))).toBe('ERR_MEMX_INVALID_OPTION');
  });

  it('refuses a duration that leaves no time for rounds', async () => {
    expect(await codeOf(() => new LeakDetector().startMonitoring({ durationMs: 10 }))).toBe(
      'ERR_MEMX_INVALID_OPTION',
    );
  });

  it('leaves no listener and no resource behind', async () => {
    const listeners = () => process.listenerCount('exit');
    const resources = () =>
      process
        .getActiveResourcesInfo()
        .filter((name) => name !== 'Timeout')
        .sort();
    const before = { listeners: listeners(), resources: resources() };
    for (let time = 0; time < 3; time++) {
      await new LeakDetector({ typeReadings: 0, intervalMs: 100 }).startMonitoring({ durationMs: 500 });
    }
    expect({ listeners: listeners(), resources: resources() }).toEqual(before);
  });
});
