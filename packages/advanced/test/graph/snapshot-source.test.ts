import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HeapGraph } from '../../src/graph/heap-graph.js';
import { buildSnapshot } from '../../src/testing/build-snapshot.js';

const text = buildSnapshot((heap) => {
  const list = heap.object('List', { sizeBytes: 17 });
  heap.edge(heap.root, 'shortcut', 'list', list);
  for (let index = 0; index < 1009; index++) {
    const item = heap.object(`Item "${index}"`, { sizeBytes: 31 });
    heap.edge(list, 'property', `item${index}`, item);
  }
  const scope = heap.closure('onData', { location: { scriptId: 7, line: 10, column: 4 } });
  heap.edge(list, 'context', 'handler', scope);
});

/** Past what is kept in memory: the names of a stream go to a temporary file. */
const largeText = buildSnapshot((heap) => {
  for (let index = 0; index < 37_000; index++) {
    heap.edge(heap.root, 'element', index, heap.string(`${index} `.padEnd(1000, 'x')));
  }
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'memx-graph-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function writeText(name: string, data: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, data);
  return path;
}

function* piecesOf(data: string | Uint8Array, pieceBytes: number): Generator<Uint8Array> {
  const bytes = Buffer.from(data as string);
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

function expectWhole(graph: HeapGraph): void {
  expect([graph.nodeCount, graph.edgeCount]).toEqual([1013, 1012]);
  const list = graph.nodeById(5) as number;
  expect(graph.nameOf(list)).toBe('List');
  expect(graph.retainedSizeBytes(list)).toBe(17 + 1009 * 31);
  const edges = graph.edgesOf(list);
  expect(edges[1008]).toMatchObject({ type: 'property', name: 'item1008' });
  expect(graph.nameOf(edges[1008]?.to as number)).toBe('Item "1008"');
  expect(graph.locationOf(edges[1009]?.to as number)).toEqual({ scriptId: 7, line: 11, column: 5 });
}

describe('HeapGraph.open', () => {
  it('reads a plain file', async () => {
    using graph = await HeapGraph.open(await writeText('plain.heapsnapshot', text));
    expectWhole(graph);
  });

  it('reads pretty-printed JSON', async () => {
    using graph = await HeapGraph.open(piecesOf(JSON.stringify(JSON.parse(text), null, 2), 997));
    expectWhole(graph);
  });

  it('unpacks gzip, from a file and from a stream', async () => {
    const packed = zlib.gzipSync(text);
    using fromFile = await HeapGraph.open(await writeText('packed.heapsnapshot', packed));
    expectWhole(fromFile);
    using fromStream = await HeapGraph.open(piecesOf(packed, 997));
    expectWhole(fromStream);
  });

  it('unpacks brotli by the ending of its name', async () => {
    using graph = await HeapGraph.open(
      await writeText('packed.heapsnapshot.br', zlib.brotliCompressSync(text)),
    );
    expectWhole(graph);
  });

  it('unpacks zstd, or says which Node can', async () => {
    const compress: unknown = Reflect.get(zlib, 'zstdCompressSync');
    const packed =
      typeof compress === 'function' ? (compress(text) as Buffer) : Buffer.from('28b52ffd0000', 'hex');
    const opening = HeapGraph.open(await writeText('packed.zst', packed));
    if (typeof compress === 'function') {
      using graph = await opening;
      expectWhole(graph);
    } else await expect(opening).rejects.toMatchObject({ code: 'ERR_MEMX_UNSUPPORTED' });
  });

  it('takes the strings that the inspector gives', async () => {
    const pieces = (text.match(/[\s\S]{1,1000}/g) ?? []) as string[];
    using graph = await HeapGraph.open(pieces);
    expectWhole(graph);
  });

  it('leaves nothing in the folder for the names of a stream', async () => {
    const tempFolder = await mkdtemp(join(folder, 'names-'));
    const graph = await HeapGraph.open(piecesOf(largeText, 1 << 20), { tempFolder });
    expect(graph.nameOf(36_999 + 2)).toBe('36999 '.padEnd(1000, 'x'));
    graph[Symbol.dispose]();
    graph[Symbol.dispose]();
    expect(await readdir(tempFolder)).toEqual([]);
    expect(() => graph.nameOf(7)).toThrow(expect.objectContaining({ code: 'ERR_MEMX_DISPOSED' }));
  });

  it('refuses a snapshot that is cut short anywhere', async () => {
    const bytes = Buffer.from(text);
    for (let length = 0; length < bytes.length; length += 1009) {
      const opening = HeapGraph.open(piecesOf(bytes.subarray(0, length), 4099));
      await expect(opening).rejects.toMatchObject({ code: 'ERR_MEMX_SNAPSHOT_FORMAT' });
    }
  });

  it('refuses edges that lead nowhere, and tells the byte', async () => {
    const { edges } = JSON.parse(text) as { edges: number[] };
    const broken = text.replace(
      edges.slice(0, 3).join(),
      `${edges[0]},${edges[1]},${(edges[2] as number) + 1}`,
    );
    await expect(HeapGraph.open([broken])).rejects.toThrow(/an edge that leads to a node at byte \d+/);
  });

  it('refuses gzip data that is cut short', async () => {
    const packed = zlib.gzipSync(text);
    await expect(HeapGraph.open(piecesOf(packed.subarray(0, 997), 101))).rejects.toMatchObject({
      code: 'ERR_MEMX_SNAPSHOT_FORMAT',
    });
  });

  it('says which file it could not read', async () => {
    const opening = HeapGraph.open(join(folder, 'missing.heapsnapshot'));
    await expect(opening).rejects.toMatchObject({
      code: 'ERR_MEMX_IO',
      message: expect.stringContaining('missing.heapsnapshot'),
    });
  });

  it('stops when a signal says so, before and while it works', async () => {
    const path = await writeText('plain.heapsnapshot', text);
    const aborted = expect.objectContaining({ code: 'ERR_MEMX_ABORTED' });
    await expect(HeapGraph.open(path, { signal: AbortSignal.abort() })).rejects.toEqual(aborted);
    const controller = new AbortController();
    const onProgress = ({ phase }: { phase: string }) => phase === 'dominators' && controller.abort();
    await expect(HeapGraph.open(path, { signal: controller.signal, onProgress })).rejects.toEqual(aborted);
  });

  it('tells how far it is', async () => {
    const path = await writeText('plain.heapsnapshot', text);
    const seen: { phase: string; done: number; total: number | null }[] = [];
    using _graph = await HeapGraph.open(path, { onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toEqual({ phase: 'read', done: text.length, total: text.length });
    expect(seen.slice(1).map(({ done, total }) => [done, total])).toEqual(
      [0, 1, 2, 3].map((done) => [done, 4]),
    );
  });
});
