import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AllocationSample } from '../../../src/allocation/sampling-profile-decoder.js';
import type { StackFrame } from '../../../src/allocation/stack-frame.js';
import { CohortBook } from '../../../src/leak/watch/cohort-book.js';

const frame = (functionName: string): StackFrame => ({
  functionName,
  filename: `/app/${functionName}.js`,
  line: 1,
  column: 1,
  origin: 'own',
  packageName: null,
});

const reading = (round: number) => ({
  timeMs: round * 1000,
  activeMs: round * 1000,
  rssBytes: 1,
  heapUsedBytes: 1,
  heapFreeBytes: 0,
  externalBytes: 0,
  arrayBuffersBytes: 0,
  wasmBytes: 0,
  resources: {},
});

const sample = (ordinal: number, functionName = 'keep', sizeBytes = 101): AllocationSample => ({
  stack: [frame(functionName)],
  sizeBytes,
  sampledBytes: sizeBytes,
  ordinal,
});

const historyOf = (book: CohortBook, functionName: string) =>
  book.histories().find(({ allocator }) => allocator.functionName === functionName);

describe('CohortBook', () => {
  it('counts survivors by the round of their birth, and by round the live bytes since the start, with their age', () => {
    const book = new CohortBook();
    book.record(reading(0), [sample(1), sample(2)]);
    book.record(reading(1), [sample(2), sample(3), sample(4)]);
    book.record(reading(2), [sample(2), sample(4), sample(9)]);
    expect(historyOf(book, 'keep')).toMatchObject({
      survivors: [1, 1, 1],
      survivorBytes: [101, 101, 101],
      liveBytes: [0, 202, 202],
      liveByteMs: [0, 0, 101 * 1_000],
    });
  });

  it('keeps sites apart, what came after the start first, and forgets those with nothing alive', () => {
    const book = new CohortBook();
    book.record(reading(0), [sample(1, 'keep'), sample(2, 'drop')]);
    book.record(reading(1), [sample(1, 'keep'), sample(3, 'late')]);
    expect(book.histories().map(({ allocator }) => allocator.functionName)).toEqual(['late', 'keep']);
    expect(historyOf(book, 'late')?.liveBytes).toEqual([0, 101]);
  });

  it('tells the same whatever the order of the samples of a round', () => {
    const births = fc.array(
      fc.array(
        fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e'), dies: fc.integer({ min: 1, max: 4 }) }),
        {
          maxLength: 12,
        },
      ),
      { minLength: 2, maxLength: 8 },
    );
    const orders = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(births, orders, (rounds, randoms) => {
        const [straight, shuffled] = [new CohortBook(), new CohortBook()];
        let ordinal = 0;
        let living: { made: AllocationSample; until: number }[] = [];
        rounds.forEach((born, round) => {
          living = living.filter(({ until }) => until > round);
          for (const { name, dies } of born)
            living.push({ made: sample(++ordinal, name), until: round + dies });
          const samples = living.map(({ made }) => made);
          straight.record(reading(round), samples);
          const keyed = samples.map((one) => ({ one, key: randoms.next().value ?? 0 }));
          shuffled.record(
            reading(round),
            keyed.sort((a, b) => a.key - b.key).map(({ one }) => one),
          );
        });
        expect(shuffled.histories()).toEqual(straight.histories());
        expect(shuffled.sampledAllocations).toBe(straight.sampledAllocations);
      }),
    );
  });

  it('passes over samples without a frame', () => {
    const book = new CohortBook();
    book.record(reading(0), [{ stack: [], sizeBytes: 5, ordinal: 1 }]);
    expect(book.histories()).toEqual([]);
  });

  it('is bounded: neighbouring rounds are merged, and no survivor is lost', () => {
    const book = new CohortBook();
    for (let round = 0; round < 1_000; round++) {
      const alive = Array.from({ length: round + 1 }, (_, ordinal) => sample(ordinal + 1));
      book.record(reading(round), alive);
    }
    const history = historyOf(book, 'keep');
    expect(book.readings.length).toBeLessThanOrEqual(128);
    const times = book.readings.map(({ timeMs }) => timeMs);
    expect(times[0]).toBe(0); // the start is a round of its own, however long the watch
    expect(Math.max(...times.slice(1).map((timeMs, index) => timeMs - (times[index] ?? 0)))).toBeLessThan(
      64_000,
    );
    expect(history?.survivors).toHaveLength(book.readings.length);
    expect(history?.liveBytes).toHaveLength(book.readings.length);
    expect(history?.survivors.reduce((total, count) => total + count, 0)).toBe(1_000);
  });

  it('agrees with a model that remembers every birth', () => {
    const rounds = fc.array(
      fc.record({ born: fc.nat(5), survive: fc.array(fc.boolean(), { maxLength: 40 }) }),
      {
        minLength: 1,
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(rounds, (script) => {
        const book = new CohortBook();
        let alive: { ordinal: number; birth: number }[] = [];
        let next = 1;
        script.forEach(({ born, survive }, round) => {
          alive = alive.filter((_, index) => survive[index] ?? true);
          for (let count = 0; count < born; count++) alive.push({ ordinal: next++, birth: round });
          book.record(
            reading(round),
            alive.map(({ ordinal }) => sample(ordinal)),
          );
        });
        const expected = script.map((_, round) => alive.filter(({ birth }) => birth === round).length);
        expect(historyOf(book, 'keep')?.survivors ?? script.map(() => 0)).toEqual(expected);
      }),
    );
  });
});
