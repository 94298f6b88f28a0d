import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AsyncMemoryContext, MemoryContext, type MemoryProfile } from '../../src/index.js';
import { manualTicker, samplerStatus, scriptedSource } from '../../src/testing/index.js';

const scripted = () => ({
  source: scriptedSource([{ rssBytes: 5 }, { rssBytes: 9 }]),
  ticker: manualTicker(),
});

describe('MemoryContext', () => {
  it('tracks a block and tells onProfile at its end', () => {
    const profiles: MemoryProfile[] = [];
    {
      using context = new MemoryContext({
        ...scripted(),
        label: 'import',
        onProfile: (p) => void profiles.push(p),
      });
      expect(context.label).toBe('import');
      expect(profiles).toEqual([]);
    }
    expect(profiles).toMatchObject([{ label: 'import', outcome: 'stopped', memoryUsage: { length: 2 } }]);
  });

  it('tracks a block that throws, whose error goes on', () => {
    const profiles: MemoryProfile[] = [];
    expect(() => {
      using _ = new MemoryContext({ ...scripted(), onProfile: (p) => void profiles.push(p) });
      throw new RangeError('user');
    }).toThrow(RangeError);
    expect(profiles).toHaveLength(1);
  });

  it('may be stopped by hand and more than once', () => {
    let told = 0;
    const context = new MemoryContext({ ...scripted(), onProfile: () => void told++ });
    const series = context.stop();
    expect(context.stop()).toBe(series);
    context[Symbol.dispose]();
    expect(context.memoryUsage).toBe(series);
    expect([series.delta.rssBytes, told]).toEqual([4, 1]);
  });

  it('shows memory so far', () => {
    const { source, ticker } = scripted();
    using context = new MemoryContext({ source, ticker });
    ticker.tick(3);
    expect(context.memoryUsage.length).toBe(5);
  });

  it('nests and overlaps', () => {
    const outer = new MemoryContext({ label: 'outer' });
    const inner = new MemoryContext({ label: 'inner' });
    expect(samplerStatus().activeTrackings).toBe(2);
    const whole = outer.stop();
    const part = inner.stop();
    expect(whole.at(0)?.timeMs).toBeLessThanOrEqual(part.at(0)?.timeMs ?? 0);
    expect(samplerStatus().activeTrackings).toBe(0);
  });

  it('refuses wrong options', () => {
    expect(() => new MemoryContext({ lable: 'x' } as never)).toThrow("Invalid MemoryContext option: 'lable'");
    expect(() => new AsyncMemoryContext({ intervalMs: 0 })).toThrow('Invalid intervalMs: 0.');
  });
});

describe('AsyncMemoryContext', () => {
  it('waits at the end of its block for onProfile', async () => {
    let saved = false;
    const onProfile = async () => {
      await setImmediate();
      saved = true;
    };
    {
      await using context = new AsyncMemoryContext({ ...scripted(), label: 'import', onProfile });
      expect(context.label).toBe('import');
    }
    expect(saved).toBe(true);
  });

  it('keeps a rejecting onProfile from the user', async () => {
    const errors: unknown[] = [];
    const onProfile = () => Promise.reject('disk full');
    const context = new AsyncMemoryContext({
      ...scripted(),
      onProfile,
      onError: (error) => errors.push(error),
    });
    expect((await context.stop()).length).toBe(2);
    expect(errors).toEqual(['disk full']);
  });

  it('may be stopped more than once, also at the same time', async () => {
    let told = 0;
    const context = new AsyncMemoryContext({ ...scripted(), onProfile: () => void told++ });
    const [first, second] = await Promise.all([context.stop(), context.stop()]);
    await context[Symbol.asyncDispose]();
    expect(second).toBe(first);
    expect(context.memoryUsage).toBe(first);
    expect(told).toBe(1);
  });

  it('runs beside others in one event loop', async () => {
    const run = async (label: string) => {
      await using context = new AsyncMemoryContext({ label, intervalMs: 5 });
      await new Promise((resolve) => setTimeout(resolve, 30));
      return context.memoryUsage;
    };
    const series = await Promise.all(['a', 'b', 'c'].map(run));
    expect(series.map(({ label }) => label)).toEqual(['a', 'b', 'c']);
    expect(samplerStatus().activeTrackings).toBe(0);
  });
});
