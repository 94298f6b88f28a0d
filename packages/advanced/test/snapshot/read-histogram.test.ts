import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getHeapSnapshot } from 'node:v8';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHistogram, readHistogramFile } from '../../src/snapshot/read-histogram.js';
import { buildSnapshot } from '../../src/testing/build-snapshot.js';
import { inNameOrder, slowHistogram } from './slow-histogram.js';

class PlantedSeed {
  readonly soil = {};
}

/** V8's own text of this process, with 1009 planted seeds in it. */
async function takeRealSnapshot(): Promise<string> {
  const planted = Array.from({ length: 1009 }, () => new PlantedSeed());
  const pieces: string[] = [];
  for await (const piece of getHeapSnapshot()) pieces.push(String(piece));
  return planted.length > 0 ? pieces.join('') : '';
}

let folder: string;
let realText: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'memx-histogram-'));
  realText = await takeRealSnapshot();
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe('readHistogramFile', { timeout: 60_000 }, () => {
  it('counts a real snapshot of this Node version as JSON.parse does', async () => {
    const path = join(folder, 'real.heapsnapshot');
    await writeFile(path, realText);
    const histogram = await readHistogramFile(path, { cohortBoundaries: [20_001] });
    expect(inNameOrder(histogram)).toEqual(inNameOrder(slowHistogram(realText, [20_001])));
    expect(histogram.types.find((row) => row.name === 'PlantedSeed')).toMatchObject({
      kind: 'object',
      count: 1009,
    });
  });

  it('tells how far it is', async () => {
    const path = join(folder, 'progress.heapsnapshot');
    const text = buildSnapshot((heap) => {
      for (let index = 0; index < 100_003; index++) heap.object('Foo', { sizeBytes: index });
    });
    await writeFile(path, text);
    const steps: number[] = [];
    await readHistogramFile(path, {
      onProgress: ({ bytesRead, totalBytes }) => steps.push(bytesRead / totalBytes),
    });
    expect(steps.length).toBeGreaterThan(1);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(1);
  });

  it('stops when the signal says so', async () => {
    const path = join(folder, 'aborted.heapsnapshot');
    await writeFile(path, realText);
    const abort = new AbortController();
    const reading = readHistogramFile(path, {
      signal: abort.signal,
      onProgress: () => abort.abort('enough'),
    });
    await expect(reading).rejects.toMatchObject({ code: 'ERR_MEMX_ABORTED', cause: 'enough' });
  });

  it.each(['no/such/file', '.'])('says that "%s" cannot be read', async (path) => {
    await expect(readHistogramFile(join(folder, path))).rejects.toMatchObject({ code: 'ERR_MEMX_IO' });
  });
});

describe('readHistogram', { timeout: 60_000 }, () => {
  it("reads V8's own stream", async () => {
    const planted = Array.from({ length: 503 }, () => new PlantedSeed());
    const histogram = await readHistogram(getHeapSnapshot());
    expect(histogram.types.find((row) => row.name === 'PlantedSeed')?.count).toBe(planted.length);
  });
});
