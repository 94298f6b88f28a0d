import { describe, expect, it } from 'vitest';
import { createRecorder } from '../../src/sampler/recorder.js';
import { manualTicker, scriptedSource } from '../../src/testing/index.js';

const rssOf = (recorded: { columns: { rssBytes: Float64Array } }) => [...recorded.columns.rssBytes];

describe('a recorder', () => {
  it('gives each of the overlapping recordings what was read in its time', () => {
    const ticker = manualTicker();
    const source = scriptedSource([1, 2, 3, 4, 5, 6, 7].map((rssBytes) => ({ rssBytes })));
    const recorder = createRecorder({ source, ticker });
    const outer = recorder.begin({ intervalMs: 10, onError: undefined }); // reads 1
    ticker.tick(); // 2
    const inner = recorder.begin({ intervalMs: 10, onError: undefined }); // 3
    ticker.tick(); // 4
    expect(rssOf(recorder.end(inner))).toEqual([3, 4, 5]);
    ticker.tick(); // 6
    expect(rssOf(recorder.end(outer))).toEqual([1, 2, 4, 6, 7]);
  });

  it('keeps the beat of a slow recording while fast ones come and go', () => {
    const ticker = manualTicker();
    const recorder = createRecorder({ source: scriptedSource([{ rssBytes: 1 }]), ticker });
    const begun: number[] = [];
    const every = ticker.every.bind(ticker);
    ticker.every = (intervalMs, tick) => {
      begun.push(intervalMs);
      return every(intervalMs, tick);
    };
    const slow = recorder.begin({ intervalMs: 100, onError: undefined });
    for (let i = 0; i < 3; i++) recorder.end(recorder.begin({ intervalMs: 5, onError: undefined }));
    expect(begun).toEqual([100, 5, 5, 5]);
    expect(ticker.intervalsMs).toEqual([100]);
    recorder.end(slow);
    expect(ticker.intervalsMs).toEqual([]);
  });

  it('counts what is under way, and counts an end once', () => {
    const recorder = createRecorder({ source: scriptedSource([{ rssBytes: 1 }]), ticker: manualTicker() });
    const recording = recorder.begin({ intervalMs: 5, onError: undefined });
    const other = recorder.begin({ intervalMs: 5, onError: undefined });
    recorder.end(recording);
    recorder.end(recording);
    expect(recorder.activeRecordings()).toBe(1);
    recorder.end(other);
    expect(recorder.activeRecordings()).toBe(0);
  });
});
