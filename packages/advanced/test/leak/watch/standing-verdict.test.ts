import { describe, expect, it } from 'vitest';
import type { RoundReading, SiteHistory, TypeReading } from '../../../src/leak/evidence.js';
import type { LeakReport } from '../../../src/leak/leak-report.js';
import { StandingVerdict } from '../../../src/leak/watch/standing-verdict.js';

function report(outcome: LeakReport['outcome'], rounds: number): LeakReport {
  return {
    outcome,
    idle: false,
    durationMs: rounds * 1_000,
    detectedAtMs: null,
    sureAtMs: null,
    rounds,
    suspects: [],
    heap: { startHeapBytes: 0, endHeapBytes: 0, heapBytesPerSecond: 0, externalBytesPerSecond: 0 },
    pauses: { count: 0, totalMs: 0, longestMs: 0 },
    waitMs: null,
    notes: [],
  };
}

/** A program of which V8 tells so many births in each round, with one site that has kept this much. */
class Program {
  #sampledAllocations = 0;
  #rounds: RoundReading[] = [];
  #types: TypeReading[] = [];

  countTypes(): void {
    this.#types = [1, 2, 3].map((timeMs) => ({ timeMs, rows: [] }));
  }

  round(births: number, keptBytes: number, keptOutsideBytes: number | null = null) {
    this.#sampledAllocations += births;
    const timeMs = (this.#rounds.length + 1) * 1_000;
    this.#rounds = [...this.#rounds, { ...emptyReading, timeMs, activeMs: timeMs }];
    return {
      sites: sites(keptBytes),
      externalSites: keptOutsideBytes === null ? null : sites(keptOutsideBytes),
      sampledAllocations: this.#sampledAllocations,
      rounds: this.#rounds,
      types: this.#types,
    };
  }
}

const emptyReading: RoundReading = {
  timeMs: 0,
  activeMs: 0,
  rssBytes: 0,
  heapUsedBytes: 0,
  heapFreeBytes: 0,
  externalBytes: 0,
  arrayBuffersBytes: 0,
  wasmBytes: 0,
  resources: {},
};

function sites(keptBytes: number): SiteHistory[] {
  const allocator = {
    functionName: 'keep',
    filename: '/app/keep.js',
    line: 1,
    column: 1,
    origin: 'own' as const,
    packageName: null,
  };
  return [
    {
      allocator,
      stacks: [],
      liveBytes: [],
      liveByteMs: [],
      survivors: [0, 1],
      survivorBytes: [0, keptBytes],
    },
  ];
}

function afterLeaking(rounds: number): { verdict: StandingVerdict; program: Program } {
  const verdict = new StandingVerdict();
  const program = new Program();
  for (let round = 1; round <= rounds; round++)
    verdict.update(report('leak', round), program.round(40, round * 1_000));
  return { verdict, program };
}

describe('StandingVerdict', () => {
  it("is each round's own while the program works", () => {
    const { verdict, program } = afterLeaking(8);
    const latest = report('leak', 9);
    expect(verdict.update(latest, program.round(35, 9_000))).toBe(latest);
  });

  it('keeps what was said while the program worked when it has stopped working', () => {
    const { verdict, program } = afterLeaking(8);
    for (let round = 9; round < 16; round++) {
      expect(verdict.update(report('clean', round), program.round(1, 100))).toMatchObject({
        outcome: 'leak',
        rounds: round,
      });
    }
  });

  it('is the leak that the last count of types shows, also where little was done in that round', () => {
    const verdict = new StandingVerdict();
    const program = new Program();
    for (let round = 1; round <= 12; round++)
      verdict.update(report('undecided', round), program.round(40, round * 1_000));
    expect(verdict.update(report('leak', 13), program.round(1, 13_000)).outcome).toBe('undecided');
    program.countTypes();
    expect(verdict.update(report('leak', 13), program.round(1, 13_000)).outcome).toBe('leak');
  });

  it('judges anew when nothing is kept any more for long, and what was is there: a pool that is full', () => {
    const { verdict, program } = afterLeaking(12);
    const update = (round: number) => verdict.update(report('clean', round), program.round(1, 12_000));
    expect(update(13).outcome).toBe('leak'); // as if the work had ended
    expect(update(14).outcome).toBe('leak');
    expect(update(15).outcome).toBe('clean');
  });

  it('keeps it over the round in which the last work is done and its memory is given back', () => {
    const { verdict, program } = afterLeaking(8);
    expect(verdict.update(report('clean', 9), program.round(30, 900))).toMatchObject({
      outcome: 'leak',
      rounds: 9,
    });
  });

  it('judges anew when the program works on after giving back its memory', () => {
    const { verdict, program } = afterLeaking(8);
    verdict.update(report('clean', 9), program.round(40, 900));
    verdict.update(report('clean', 10), program.round(40, 1_900));
    expect(verdict.update(report('clean', 11), program.round(40, 2_900))).toMatchObject({
      outcome: 'clean',
      rounds: 11,
    });
  });

  it('never holds on to a clean verdict of a program that works', () => {
    const verdict = new StandingVerdict();
    const program = new Program();
    verdict.update(report('clean', 1), program.round(40, 9_000));
    const latest = report('leak', 2);
    expect(verdict.update(latest, program.round(40, 10))).toBe(latest);
  });

  it('goes on with a program that loads much as it starts, and of whose work little survives', () => {
    const verdict = new StandingVerdict();
    const program = new Program();
    for (const [index, births] of [2_000, 300, 20, 17, 5, 24, 9, 31].entries()) {
      const latest = report('undecided', index + 1);
      expect(verdict.update(latest, program.round(births, 1_000))).toBe(latest);
    }
  });

  it('goes on with a program that never does much', () => {
    const verdict = new StandingVerdict();
    const program = new Program();
    for (let round = 1; round < 9; round++) {
      const latest = report('clean', round);
      expect(verdict.update(latest, program.round(round % 2, 0))).toBe(latest);
    }
  });

  it('holds when the buffers that were kept are gone at the end', () => {
    const { verdict, program } = afterLeaking(9);
    verdict.update(report('leak', 10), program.round(40, 9_000, 9_000_000));
    const end = verdict.update(report('clean', 11), program.round(40, 9_000, 0));
    expect(end.outcome).toBe('leak');
  });
});
