import { describe, expect, it } from 'vitest';
import { type MemorySource, startTracking } from '../../src/index.js';
import { manualTicker, scriptedSource } from '../../src/testing/index.js';

describe('a tracking with a source and a ticker of one’s own', () => {
  it('reads once at the start, at every tick and at the end', () => {
    const ticker = manualTicker();
    const source = scriptedSource([{ rssBytes: 10 }, { rssBytes: 70 }, { rssBytes: 20 }, { rssBytes: 30 }]);
    const tracking = startTracking({ source, ticker, intervalMs: 25, label: 'scripted' });
    expect(ticker.intervalsMs).toEqual([25]);
    ticker.tick(2);
    const series = tracking.stop();
    expect([...series.column('rssBytes')]).toEqual([10, 70, 20, 30]);
    expect(series).toMatchObject({ label: 'scripted', durationMs: 3, rssHighWaterBytes: null });
    expect(ticker.intervalsMs).toEqual([]);
  });

  it('shows the series so far without ending it', () => {
    const tracking = startTracking({ source: scriptedSource([{ rssBytes: 1 }]), ticker: manualTicker() });
    expect(tracking.peek().length).toBe(2);
    expect(tracking.peek().length).toBe(2);
    expect(tracking.stop().length).toBe(2);
  });

  it('gives the same series however often it is stopped', () => {
    const source = scriptedSource([{ rssBytes: 1 }, { rssBytes: 2 }]);
    const tracking = startTracking({ source, ticker: manualTicker() });
    const series = tracking.stop();
    tracking[Symbol.dispose]();
    expect(tracking.stop()).toBe(series);
    expect(tracking.peek()).toBe(series);
    expect(source.reads).toBe(2);
  });

  it('goes on when a reading fails, and says so', () => {
    const failures: unknown[] = [];
    const good = scriptedSource([{ rssBytes: 5 }]);
    let reads = 0;
    const source: MemorySource = {
      read() {
        if (reads++ < 2) throw new Error('no reading');
        return { ...good.read(), timeMs: performance.now() };
      },
    };
    const ticker = manualTicker();
    const tracking = startTracking({ source, ticker, onError: (error) => failures.push(error) });
    ticker.tick(2);
    const series = tracking.stop();
    expect(failures).toHaveLength(2);
    expect([...series.column('rssBytes')]).toEqual([5, 5]);
  });

  it('is a moment without numbers when nothing could be read at all', () => {
    const source: MemorySource = {
      read() {
        throw new Error('no reading');
      },
    };
    const series = startTracking({ source }).stop();
    expect(series.at(0)).toMatchObject({ rssBytes: Number.NaN, heapUsedBytes: null });
    expect(JSON.parse(JSON.stringify(series)).summary.peak.rssBytes).toBeNull();
  });

  it('goes on without a ticker that fails, and without an onError that fails', () => {
    const ticker = {
      every(): Disposable {
        throw new Error('no ticks');
      },
    };
    const onError = () => {
      throw new Error('no listener');
    };
    const tracking = startTracking({ source: scriptedSource([{ rssBytes: 5 }]), ticker, onError });
    expect(tracking.stop().length).toBe(2);
  });

  it('is bounded however long it ticks, and keeps its peak', () => {
    const ticker = manualTicker();
    const source = scriptedSource([{ rssBytes: 1 }, { rssBytes: 1 }, { rssBytes: 999 }, { rssBytes: 2 }]);
    const tracking = startTracking({ source, ticker });
    ticker.tick(20_000);
    const series = tracking.stop();
    expect(series.length).toBeLessThan(5000);
    expect(series.peak.rssBytes).toBe(999);
    expect(series.durationMs).toBe(20_001);
  });

  it.each([
    { intervalMs: 0 },
    { intervalMs: 1e9 },
    { intervalMs: '5' },
    { source: {} },
    { ticker: 3 },
    { label: 4 },
  ])('refuses %o before anything is started', (options) => {
    expect(() => startTracking(options as never)).toThrow(
      expect.objectContaining({ code: 'ERR_MEMX_INVALID_OPTION' }),
    );
  });
});
