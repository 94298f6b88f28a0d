import { Session } from 'node:inspector';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLiveHistogram } from '../../src/snapshot/read-live-histogram.js';

class PlantedSeed {
  readonly soil = {};
}

const session = new Session();
const takeInspectorSnapshot = (onChunk: (text: string) => void) =>
  new Promise<void>((resolve, reject) => {
    const listener = ({ params }: { params: { chunk: string } }) => onChunk(params.chunk);
    session.on('HeapProfiler.addHeapSnapshotChunk', listener);
    session.post('HeapProfiler.takeHeapSnapshot', (error) => {
      session.off('HeapProfiler.addHeapSnapshotChunk', listener);
      if (error === null) resolve();
      else reject(error);
    });
  });

beforeAll(() => session.connect());
afterAll(() => session.disconnect());

describe('readLiveHistogram', { timeout: 60_000 }, () => {
  it('counts what is alive and nothing of its own reader', async () => {
    const planted = Array.from({ length: 211 }, () => new PlantedSeed());
    const histogram = await readLiveHistogram(takeInspectorSnapshot);
    const names = histogram.types.map((row) => row.name);
    expect(histogram.types.find((row) => row.name === 'PlantedSeed')?.count).toBe(planted.length);
    expect(names.filter((name) => /^(HistogramReader|SnapshotTokenizer|NodeTally)$/.test(name))).toEqual([]);
  });

  it('gives what was born later a larger id, while the session stays open', async () => {
    const planted = Array.from({ length: 101 }, () => new PlantedSeed());
    const first = await readLiveHistogram(takeInspectorSnapshot);
    planted.push(...Array.from({ length: 307 }, () => new PlantedSeed()));
    const second = await readLiveHistogram(takeInspectorSnapshot, {
      cohortBoundaries: [first.maxObjectId + 1],
    });
    const cohorts = second.types.find((row) => row.name === 'PlantedSeed')?.cohorts.map(({ count }) => count);
    expect(cohorts).toEqual([101, 307]);
    expect(planted).toHaveLength(408);
  });

  it('rejects with the format error that came up within a callback', async () => {
    const reading = readLiveHistogram((onChunk) => {
      for (const piece of ['{"snap', 'shot":', 'oops', '}']) onChunk(piece);
    });
    await expect(reading).rejects.toMatchObject({ code: 'ERR_MEMX_SNAPSHOT_FORMAT' });
  });

  it('passes on why the snapshot could not be taken, and refuses wrong options before taking one', async () => {
    const reason = new Error('refused');
    await expect(readLiveHistogram(() => Promise.reject(reason))).rejects.toBe(reason);
    let taken = 0;
    const reading = readLiveHistogram(() => void taken++, { cohortBoundaries: [2, 1] });
    await expect(reading).rejects.toMatchObject({ code: 'ERR_MEMX_INVALID_OPTION' });
    expect(taken).toBe(0);
  });
});
