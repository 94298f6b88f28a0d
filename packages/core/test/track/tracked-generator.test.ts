import { describe, expect, it } from 'vitest';
import { type MemoryProfile, trackMemory } from '../../src/index.js';
import { manualTicker, scriptedSource } from '../../src/testing/index.js';

function collecting() {
  const profiles: MemoryProfile[] = [];
  const source = scriptedSource([{ rssBytes: 100 }]);
  const ticker = manualTicker();
  const onProfile = (profile: MemoryProfile) => {
    profiles.push(profile);
  };
  return { profiles, ticker, options: { source, ticker, onProfile } };
}

function* countdown(from: number): Generator<number, string, number | undefined> {
  let left = from;
  try {
    while (left > 0) left -= (yield left) ?? 1;
    return 'lift-off';
  } catch (error) {
    yield -1;
    throw error;
  }
}

describe('a tracked generator', () => {
  it('yields the same, and knows result and memory when it is done', () => {
    const { options, profiles } = collecting();
    const counting = trackMemory(countdown, options)(3);
    expect(counting.memoryUsage).toBeUndefined();
    expect([...counting]).toEqual([3, 2, 1]);
    expect(counting.result).toBe('lift-off');
    expect(counting.memoryUsage?.length).toBe(2);
    expect(profiles).toMatchObject([{ outcome: 'returned', label: 'countdown' }]);
  });

  it('is tracked from its first step, so that one never iterated leaves nothing behind', () => {
    const { options, ticker, profiles } = collecting();
    const counting = trackMemory(countdown, options)(3);
    expect(ticker.intervalsMs).toEqual([]);
    counting.next();
    expect(ticker.intervalsMs).toEqual([100]);
    counting.return('early');
    expect(ticker.intervalsMs).toEqual([]);
    expect([counting.result, profiles.length]).toEqual(['early', 1]);
  });

  it('passes in what is sent, and the value of yield* out', () => {
    const counting = trackMemory(countdown, collecting().options);
    function* outer(): Generator<number, string, number | undefined> {
      return `${yield* counting(10)}!`;
    }
    const steps = outer();
    expect([steps.next(), steps.next(9), steps.next()]).toEqual([
      { value: 10, done: false },
      { value: 1, done: false },
      { value: 'lift-off!', done: true },
    ]);
  });

  it('ends when its consumer breaks off', () => {
    const { options, ticker } = collecting();
    const counting = trackMemory(countdown, options)(5);
    for (const left of counting) if (left === 4) break;
    expect(ticker.intervalsMs).toEqual([]);
    expect(counting.memoryUsage).toBeDefined();
  });

  it('lets an error in and out again, and tells of it once', () => {
    const { options, profiles } = collecting();
    const counting = trackMemory(countdown, options)(3);
    const error = new Error('abort');
    counting.next();
    expect(counting.throw(error)).toEqual({ value: -1, done: false });
    expect(counting.memoryUsage).toBeUndefined();
    expect(() => counting.next()).toThrow(error);
    expect(counting.next()).toEqual({ value: undefined, done: true });
    expect(counting.result).toBeUndefined();
    expect(profiles).toMatchObject([{ outcome: 'threw', error }]);
  });

  it('is still of its function', () => {
    const counting = trackMemory(countdown, collecting().options)(3);
    expect(counting).toBeInstanceOf(countdown);
    expect(counting[Symbol.iterator]()).toBe(counting);
    expect(Object.prototype.toString.call(counting)).toBe('[object Generator]');
  });

  it('may be made by a compiler instead of being native', () => {
    let left = 2;
    const compiled: Generator<number, string, void> = {
      next: () => (left > 0 ? { value: left--, done: false } : { value: 'done', done: true }),
      return: (value) => ({ value, done: true }),
      throw: (error) => {
        throw error;
      },
      [Symbol.iterator]: () => compiled,
      [Symbol.dispose]: () => {},
      [Symbol.toStringTag]: 'Generator',
    } as Generator<number, string, void>;
    const tracked = trackMemory(() => compiled, collecting().options)();
    expect([...tracked]).toEqual([2, 1]);
    expect(tracked.result).toBe('done');
  });
});

async function* pages(count: number): AsyncGenerator<string, number, undefined> {
  for (let page = 1; page <= count; page++) {
    await Promise.resolve();
    if (page === 4) throw new RangeError('page 4');
    yield `page ${page}`;
  }
  return count;
}

describe('a tracked async generator', () => {
  it('yields the same, and knows result and memory when it is done', async () => {
    const { options, profiles } = collecting();
    const reading = trackMemory(pages, options)(2);
    const read: string[] = [];
    for await (const page of reading) read.push(page);
    expect(read).toEqual(['page 1', 'page 2']);
    expect([reading.result, reading.memoryUsage?.length, profiles.length]).toEqual([2, 2, 1]);
  });

  it('rejects as the original does, and tells of it', async () => {
    const { options, profiles, ticker } = collecting();
    const reading = trackMemory(pages, options)(9);
    await expect(drain(reading)).rejects.toThrow(RangeError);
    expect(profiles).toMatchObject([{ outcome: 'threw', error: expect.any(RangeError) }]);
    expect(ticker.intervalsMs).toEqual([]);
  });

  it('takes steps asked for at once in their order', async () => {
    const reading = trackMemory(pages, collecting().options)(2);
    const steps = await Promise.all([reading.next(), reading.next(), reading.next(), reading.next()]);
    expect(steps.map(({ value }) => value)).toEqual(['page 1', 'page 2', 2, undefined]);
    expect(reading.result).toBe(2);
  });

  it('ends when its consumer breaks off', async () => {
    const { options, ticker } = collecting();
    const reading = trackMemory(pages, options)(3);
    for await (const _ of reading) break;
    expect(ticker.intervalsMs).toEqual([]);
    expect(reading.memoryUsage).toBeDefined();
  });
});

async function drain(reading: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of reading);
}
