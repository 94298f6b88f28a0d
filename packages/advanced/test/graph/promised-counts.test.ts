import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { HeapGraph } from '../../src/graph/heap-graph.js';
import { buildSnapshot } from '../../src/testing/index.js';

const folder = mkdtempSync(join(tmpdir(), 'memx-promised-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sound = buildSnapshot((heap) =>
  heap.edge(heap.root, 'shortcut', 'a', heap.object('A', { sizeBytes: 7 })),
);

function promise(field: 'node_count' | 'edge_count', count: number): string {
  return sound.replace(new RegExp(`("${field}":)\\d+`), `$1${count}`);
}

function write(name: string, bytes: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('a header that promises more than there can be', () => {
  it('is refused by the size of the file before columns are made', async () => {
    const before = process.memoryUsage().arrayBuffers;
    for (const field of ['node_count', 'edge_count'] as const) {
      const path = write(field, promise(field, 200_000_003));
      await expect(HeapGraph.open(path)).rejects.toMatchObject({
        code: 'ERR_MEMX_SNAPSHOT_FORMAT',
        message: expect.stringContaining('200000003'),
      });
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
  });

  it('is refused by the size of a gzip file, of which one byte is at most 1,032', async () => {
    const path = write('packed.gz', gzipSync(promise('node_count', 100_000_007)));
    await expect(HeapGraph.open(path)).rejects.toMatchObject({ code: 'ERR_MEMX_SNAPSHOT_FORMAT' });
  });

  it('is refused in a stream of unknown length where no machine could hold it', async () => {
    const stream = [Buffer.from(promise('edge_count', 2 ** 31))];
    await expect(HeapGraph.open(stream)).rejects.toMatchObject({ code: 'ERR_MEMX_UNSUPPORTED' });
  });

  it('does not stand in the way of a sound file, plain or packed', async () => {
    for (const path of [write('sound', sound), write('sound.gz', gzipSync(sound))]) {
      using graph = await HeapGraph.open(path);
      expect(graph.nodeCount).toBe(3);
    }
  });
});
