import { queryObjects } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { countAllocations } from '../../src/counting/count-allocations.js';

const withCode = (code: string) => expect.objectContaining({ code });

describe('countAllocations', () => {
  it('finds nothing where nothing is allocated', () => {
    let calls = 0;
    const count = countAllocations(() => {
      calls += 1;
    });
    expect(count).toMatchObject({ bytesPerCall: 0, externalBytesPerCall: 0, iterations: 10_000 });
    expect(calls).toBeGreaterThanOrEqual(20_000);
  });

  it('does not count an object that V8 leaves out, for it never leaves its function', () => {
    const distance = (x: number, y: number) => {
      const point = { x, y };
      return (point.x + point.y) | 0;
    };
    expect(countAllocations(() => distance(3, 4), { warmUp: 100_000 }).bytesPerCall).toBe(0);
  });

  it('gives a point as the interval where calls are alike, and a wide one where they are not', () => {
    const alike = countAllocations(() => new Array(10).fill(0), { warmUp: 50_000 });
    expect(alike.bytesPerCall - alike.lowBytesPerCall).toBeLessThan(1);
    let seed = 1;
    const unlike = countAllocations(() => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return new Array(seed >>> 25).fill(0);
    });
    // 48 bytes, and 8 for each of 63.5 elements on average: 95 % of means of 10,000 lie within 5.8 bytes.
    expect(unlike.highBytesPerCall - unlike.lowBytesPerCall).toBeGreaterThan(4);
    expect(Math.abs(unlike.bytesPerCall - 556)).toBeLessThan(20);
  });

  it('counts what collections free meanwhile', () => {
    const { bytesPerCall, collections } = countAllocations(() => new Array(1000).fill(0));
    expect(collections).toBeGreaterThan(0);
    expect(bytesPerCall / 8048).toBeCloseTo(1, 2);
  });

  it('keeps no result when it is done', () => {
    class Result {
      value = 1;
    }
    countAllocations(() => new Result());
    expect(queryObjects(Result, { format: 'count' })).toBe(0);
  });

  it('makes exactly the warm-up that it is told, and counts few calls too', () => {
    let calls = 0;
    const count = countAllocations(() => [calls++], { iterations: 10, warmUp: 0 });
    expect(count.iterations).toBe(10);
    expect(calls).toBeLessThanOrEqual(31);
  });

  it('waits for each promise before the next call', async () => {
    let running = 0;
    let most = 0;
    const counted = countAllocations(
      async () => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running -= 1;
      },
      { iterations: 100 },
    );
    expect(counted).toBeInstanceOf(Promise);
    expect((await counted).bytesPerCall).toBeGreaterThan(100);
    expect(most).toBe(1);
  });

  it('throws on what the function throws, at once or after many calls', () => {
    const failure = new Error('the function failed');
    const failAt = (failing: number) => {
      let calls = 0;
      return () => {
        if (++calls === failing) throw failure;
      };
    };
    for (const call of [1, 2, 777, 12_345]) expect(() => countAllocations(failAt(call))).toThrow(failure);
  });

  it('rejects with what the function rejects with', async () => {
    let calls = 0;
    const failing = async () => {
      if (++calls === 777) throw calls;
    };
    await expect(countAllocations(failing)).rejects.toBe(777);
    expect(calls).toBe(777);
  });

  it('ends when its signal says so', async () => {
    const controller = new AbortController();
    let calls = 0;
    const fn = async () => {
      if (++calls === 300) controller.abort(new Error('enough'));
    };
    const counted = countAllocations(fn, { signal: controller.signal });
    await expect(counted).rejects.toMatchObject({
      code: 'ERR_MEMX_ABORTED',
      cause: { message: 'enough' },
    });
    expect(calls).toBeLessThan(1000);
    const { signal } = controller;
    expect(() => countAllocations(() => calls++, { signal })).toThrow(withCode('ERR_MEMX_ABORTED'));
  });

  it('refuses options that it does not know or cannot use', () => {
    const refused: [fn: unknown, options: object][] = [
      ['no function', {}],
      [() => 1, { iteration: 5 }],
      [() => 1, { iterations: 0 }],
      [() => 1, { iterations: 1.5 }],
      [() => 1, { warmUp: -1 }],
      [() => 1, { warmUp: 'manual' }],
      [() => 1, { signal: {} }],
    ];
    for (const [fn, options] of refused) {
      expect(() => Reflect.apply(countAllocations, null, [fn, options])).toThrow(
        withCode('ERR_MEMX_INVALID_OPTION'),
      );
    }
  });
});
