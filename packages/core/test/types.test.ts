import { describe, expectTypeOf, it } from 'vitest';
import type {
  MemoryMetric,
  MemorySeries,
  Tracked,
  TrackedAsyncGenerator,
  TrackedGenerator,
  TrackedResult,
} from '../src/index.js';
import { trackMemory } from '../src/index.js';

describe('the types of trackMemory', () => {
  it('keep this and arguments, and follow what is returned', () => {
    const track = (fn: (this: Date, a: number, b?: string) => boolean) => trackMemory(fn);
    expectTypeOf(track).returns.toEqualTypeOf<
      (this: Date, a: number, b?: string) => TrackedResult<boolean>
    >();
    expectTypeOf<Tracked<Promise<string>>>().toEqualTypeOf<Promise<TrackedResult<string>>>();
    expectTypeOf<Tracked<PromiseLike<string>>>().toEqualTypeOf<Promise<TrackedResult<string>>>();
    expectTypeOf<Tracked<number | Promise<string>>>().toEqualTypeOf<
      TrackedResult<number> | Promise<TrackedResult<string>>
    >();
    expectTypeOf<Tracked<Generator<1, 2, 3>>>().toEqualTypeOf<TrackedGenerator<1, 2, 3>>();
    expectTypeOf<Tracked<AsyncGenerator<1, 2, 3>>>().toEqualTypeOf<TrackedAsyncGenerator<1, 2, 3>>();
    expectTypeOf<Tracked<undefined>>().toEqualTypeOf<TrackedResult<undefined>>();
    expectTypeOf<Tracked<unknown>>().toEqualTypeOf<TrackedResult<unknown>>();
    expectTypeOf<Tracked<void>>().toEqualTypeOf<TrackedResult<void>>();
    expectTypeOf<Tracked<never>>().toBeNever();
  });

  it('make a generator that can stand for the original', () => {
    expectTypeOf<TrackedGenerator<1, 2, 3>>().toExtend<Generator<1, 2, 3>>();
    expectTypeOf<TrackedGenerator<1, 2, 3>['result']>().toEqualTypeOf<2 | undefined>();
    expectTypeOf<TrackedAsyncGenerator<1, 2, 3>>().toExtend<AsyncGenerator<1, 2, 3>>();
  });
});

describe('the types of a series', () => {
  it('say which numbers may be missing', () => {
    expectTypeOf<MemorySeries['peak']['rssBytes']>().toEqualTypeOf<number>();
    expectTypeOf<MemorySeries['peak']['heapUsedBytes']>().toEqualTypeOf<number | null>();
    expectTypeOf<keyof MemorySeries['delta']>().toEqualTypeOf<MemoryMetric>();
  });
});
