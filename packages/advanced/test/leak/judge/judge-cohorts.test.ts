import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeCohorts as judgeCohortsOf } from '../../../src/leak/judge/judge-cohorts.js';

/** Survivors per round of birth: the first round is the start-up, the last three are the youth. */
const site = (old: number[], startUp = 9, youth = [4, 4, 4]) => [startUp, ...old, ...youth];

/** Rounds of a second each. */
const judgeCohorts = (survivors: readonly number[]) =>
  judgeCohortsOf(
    survivors,
    survivors.map((_, round) => 1_000 * (round + 1)),
  );

describe('judgeCohorts', () => {
  it('calls it a leak when objects from the whole watch survive', () => {
    expect(judgeCohorts(site([1, 1, 3, 0, 2, 1, 0, 1, 1, 0, 2, 2, 1, 3]))).toEqual({
      kind: 'leak',
      survivors: 18,
    });
  });

  it('finds a slow leak, whose cohorts are mostly empty', () => {
    expect(judgeCohorts(site([0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0])).kind).toBe('leak');
  });

  it('does not count what was made at the start, nor what is still young', () => {
    expect(judgeCohorts(site([0, 0, 0, 0, 0, 0, 0, 0, 0], 500, [90, 90, 90]))).toEqual({ kind: 'clean' });
  });

  it('takes survivors from the beginning only for a cache that was filled', () => {
    expect(judgeCohorts(site([7, 9, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0])).kind).toBe('cache-fill');
  });

  it('does not call a warm-up a leak that has one straggler', () => {
    expect(judgeCohorts(site([30, 22, 9, 4, 2, 1, 0, 1, 0, 0, 1, 0])).kind).toBe('more-data');
  });

  it('does not call a window a leak, of which only the youngest are alive', () => {
    expect(judgeCohorts(site([0, 0, 0, 0, 0, 0, 0, 0, 3, 8, 9, 9])).kind).toBe('more-data');
  });

  it('does not call a pool a leak that was filled until shortly before the end', () => {
    expect(judgeCohorts(site([1, 0, 1, 1, 3, 2, 2, 1, 6, 3, 2], 1, [0, 0, 0])).kind).toBe('more-data');
  });

  it('knows the silence between two batches from an end', () => {
    expect(judgeCohorts(site([12, 0, 0, 0, 12, 0, 0, 0, 12, 0, 0, 0, 12], 1, [0, 0, 0])).kind).toBe('leak');
  });

  it('does not wait for the youngest of a slow leak', () => {
    expect(judgeCohorts(site([0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 1], 1, [0, 0, 0])).kind).toBe('leak');
  });

  it('goes by time, not by rounds: a busy beginning with many rounds is still a beginning', () => {
    const survivors = [9, 4, 4, 4, 4, 4, 0, 0, 0, 0, 0, 0];
    const roundEndsMs = [100, 200, 300, 400, 500, 600, 4_000, 8_000, 12_000, 16_000, 17_000, 18_000];
    expect(judgeCohortsOf(survivors, roundEndsMs).kind).toBe('cache-fill');
  });

  it('answers for a watch that has only begun', () => {
    for (const survivors of [[], [3], [3, 1], [3, 1, 1, 1]])
      expect(judgeCohorts(survivors).kind).toBe('clean');
  });

  const cohorts = fc.array(fc.nat(20), { minLength: 9, maxLength: 60 });

  it('keeps a leak a leak when every cohort has more survivors', () => {
    fc.assert(
      fc.property(cohorts, fc.integer({ min: 2, max: 5 }), (old, factor) => {
        fc.pre(judgeCohorts(site(old)).kind === 'leak');
        expect(judgeCohorts(site(old.map((count) => count * factor))).kind).toBe('leak');
      }),
    );
  });

  it('never accuses a site with nothing from one third of the watch', () => {
    fc.assert(
      fc.property(cohorts, fc.nat(2), (old, silent) => {
        const third = (index: number) => Math.min(2, Math.floor(((index + 0.5) * 3) / old.length));
        const gap = old.map((count, index) => (third(index) === silent ? 0 : count));
        expect(judgeCohorts(site(gap)).kind).not.toBe('leak');
      }),
    );
  });
});
