import { describe, expect, it } from 'vitest';
import { type MemoryProfile, trackMemory } from '../../src/index.js';
import { manualTicker, scriptedSource } from '../../src/testing/index.js';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Options that need no thread, and collect the profiles. */
function collecting() {
  const profiles: MemoryProfile[] = [];
  const source = scriptedSource([{ rssBytes: 100 }, { rssBytes: 250 }]);
  const onProfile = (profile: MemoryProfile) => {
    profiles.push(profile);
  };
  return { profiles, options: { source, ticker: manualTicker(), onProfile } };
}

describe('a tracked function', () => {
  it('gives its result and what memory did meanwhile', () => {
    const { options } = collecting();
    const { result, memoryUsage } = trackMemory((a: number, b: number) => a + b, options)(2, 3);
    expect(result).toBe(5);
    expect(memoryUsage.delta.rssBytes).toBe(150);
  });

  it('keeps this, arguments, name and length', () => {
    const counter = {
      count: 40,
      add(this: { count: number }, more: number, ..._rest: string[]) {
        return this.count + more;
      },
    };
    const add = trackMemory(counter.add, collecting().options);
    expect(add.call(counter, 2, 'x').result).toBe(42);
    expect([add.name, add.length]).toEqual(['add', 1]);
  });

  it('is labelled by its name, or as it is told', () => {
    const { options } = collecting();
    function load() {}
    expect(trackMemory(load, options)().memoryUsage.label).toBe('load');
    expect(trackMemory(load, { ...options, label: 'import' })().memoryUsage.label).toBe('import');
    expect(trackMemory(() => {}, options)().memoryUsage.label).toBeNull();
  });

  it('throws what the function throws, the same object, and tells onProfile', () => {
    const { profiles, options } = collecting();
    const error = new RangeError('user');
    const fail = trackMemory(() => {
      throw error;
    }, options);
    expect(fail).toThrow(error);
    expect(profiles).toMatchObject([{ outcome: 'threw', error, memoryUsage: { length: 2 } }]);
    expect(options.ticker.intervalsMs).toEqual([]);
  });

  it('passes on even an undefined that is thrown', () => {
    const { profiles, options } = collecting();
    const fail = trackMemory(() => {
      throw undefined;
    }, options);
    let caught: unknown = 'nothing';
    try {
      fail();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeUndefined();
    expect(profiles).toMatchObject([{ outcome: 'threw', error: undefined }]);
  });

  it('is tracked to the end of its promise', async () => {
    const { profiles, options } = collecting();
    const tracked = trackMemory(async (text: string) => {
      await tick();
      return text.toUpperCase();
    }, options);
    const pending = tracked('a');
    expect(pending).toBeInstanceOf(Promise);
    options.ticker.tick(3);
    const { result, memoryUsage } = await pending;
    expect(result).toBe('A');
    expect(memoryUsage.length).toBe(5);
    expect(profiles).toHaveLength(1);
  });

  it('rejects with what the promise rejects with, and tells onProfile', async () => {
    const { profiles, options } = collecting();
    const error = new Error('user');
    await expect(trackMemory(() => Promise.reject(error), options)()).rejects.toBe(error);
    expect(profiles).toMatchObject([{ outcome: 'threw', error }]);
  });

  it('takes any thenable for a promise, by what is returned and not by the kind of function', async () => {
    const thenable: PromiseLike<number> = {
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
      then: (onFulfilled) => Promise.resolve(7).then(onFulfilled),
    };
    const tracked = trackMemory(() => thenable, collecting().options);
    expect((await tracked()).result).toBe(7);
  });

  it('leaves alone what only looks a little like a promise or a generator', () => {
    const { options } = collecting();
    const strict = new Proxy(
      {},
      {
        has() {
          throw new Error('do not look at me');
        },
      },
    );
    const values = [strict, [1].values(), { next() {} }, null, undefined, 'text', () => {}];
    for (const value of values) expect(trackMemory(() => value, options)().result).toBe(value);
  });

  it('is not hurt by an onProfile that throws or rejects: that goes to onError', async () => {
    const errors: unknown[] = [];
    const { options } = collecting();
    const onError = (error: unknown) => errors.push(error);
    const listeners = [
      () => {
        throw 'thrown';
      },
      () => Promise.reject('rejected'),
    ];
    for (const onProfile of listeners) {
      expect(trackMemory(() => 1, { ...options, onProfile, onError })().result).toBe(1);
    }
    await tick();
    expect(errors).toEqual(['thrown', 'rejected']);
  });

  it('is not hurt by an onError that throws, nor by there being none', async () => {
    const { options } = collecting();
    const onProfile = () => {
      throw new Error('listener');
    };
    const onError = () => {
      throw new Error('listener of errors');
    };
    expect(trackMemory(() => 1, { ...options, onProfile, onError })().result).toBe(1);
    expect(trackMemory(() => 2, { ...options, onProfile })().result).toBe(2);
    await tick();
  });

  it('refuses wrong options where it is wrapped', () => {
    const refusal = expect.objectContaining({ code: 'ERR_MEMX_INVALID_OPTION' });
    const wrong = [
      { intervalMs: -1 },
      { interval: 5 },
      { onProfile: 'x' },
      { onError: 1 },
      { label: 5 },
      null,
    ];
    for (const options of wrong) {
      expect(() => trackMemory(() => {}, options as never)).toThrow(refusal);
    }
    expect(() => trackMemory({ interval: 5 } as never)).toThrow(refusal);
  });
});
