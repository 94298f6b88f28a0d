import { describe, expect, it } from 'vitest';
import { manualTicker, scriptedSource } from '../../src/testing/index.js';

describe('scriptedSource', () => {
  it('reads its samples, fills in what they leave out, and lets time go on', () => {
    const source = scriptedSource([{ rssBytes: 5 }, { heapUsedBytes: 3, timeMs: 10 }]);
    expect(source.read()).toMatchObject({ timeMs: 0, rssBytes: 5, heapUsedBytes: null });
    expect(source.read()).toMatchObject({ timeMs: 10, rssBytes: 5, heapUsedBytes: 3 });
    expect(source.read()).toMatchObject({ timeMs: 11, rssBytes: 5, heapUsedBytes: 3 });
    expect(source.reads).toBe(3);
  });

  it('refuses an empty script', () => {
    expect(() => scriptedSource([])).toThrow('nothing to read');
  });
});

describe('manualTicker', () => {
  it('ticks for everybody who asked, until they have had enough', () => {
    const ticker = manualTicker();
    const heard: string[] = [];
    const a = ticker.every(5, () => heard.push('a'));
    ticker.every(7, () => heard.push('b'));
    ticker.tick();
    a[Symbol.dispose]();
    a[Symbol.dispose]();
    ticker.tick(2);
    expect(heard).toEqual(['a', 'b', 'b', 'b']);
    expect(ticker.intervalsMs).toEqual([7]);
  });
});
