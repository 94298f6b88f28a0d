import { mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { HistogramReader, readHistogramFile } from '../../../src/index.js';
import { priceSnapshot } from '../../../src/snapshot/price/price-snapshot.js';
import type { HeapReading, HeapSource } from '../../../src/snapshot/take/heap-source.js';
import { takeSnapshot } from '../../../src/snapshot/take/take-snapshot.js';
import { buildSnapshot } from '../../../src/testing/index.js';

const folder = mkdtempSync(join(tmpdir(), 'memx-take-'));
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: { code?: string }) => error.code,
  );
const filesLike = (name: string) => readdirSync(folder).filter((file) => file.startsWith(name));

class TakenThing {
  readonly n = 7;
}
const held = Array.from({ length: 1_009 }, () => new TakenThing());

/** A heap whose text is known, for what cannot be arranged with a real one. */
function scripted(reading: Partial<HeapReading> = {}, texts: readonly string[] = [buildSnapshot(() => {})]) {
  const source: HeapSource = {
    read: async () => ({
      heapUsedBytes: 7 << 20,
      largeObjectBytes: 0,
      collectionCpuMs: 11,
      availableMemoryBytes: 2 ** 40,
      objectCounts: null,
      listReferences: null,
      ...reading,
    }),
    async stream(onText, onProgress) {
      onProgress({ doneFraction: 0.5 });
      for (const text of texts) onText(text);
    },
    [Symbol.dispose]() {},
  };
  return source;
}

describe('takeSnapshot', () => {
  it('writes the heap of the calling thread, for the owner alone, and says what it cost', async () => {
    const to = join(folder, 'own.heapsnapshot');
    const phases = new Set<string>();
    const taken = await takeSnapshot({ to, onProgress: ({ phase }) => phases.add(phase) });
    const { types } = await readHistogramFile(to);
    expect(types.find(({ name }) => name === 'TakenThing')).toMatchObject({ count: held.length });
    expect(taken.writtenBytes).toBe(statSync(to).size);
    expect(taken.pauseMs).toBeGreaterThan(0);
    expect(taken.price.heapUsedBytes).toBeGreaterThan(1 << 20);
    expect([...phases]).toEqual(['priced', 'writing']);
    if (process.platform !== 'win32') expect(statSync(to).mode & 0o777).toBe(0o600);
    expect(filesLike('own')).toHaveLength(1);
  });

  it('packs by the name of the file', async () => {
    const to = join(folder, 'packed.heapsnapshot.gz');
    const taken = await takeSnapshot({ to });
    const reader = new HistogramReader();
    reader.write(gunzipSync(readFileSync(to)));
    expect(reader.end().types.find(({ name }) => name === 'TakenThing')?.count).toBe(held.length);
    expect(taken.writtenBytes).toBe(statSync(to).size);
    expect(filesLike('packed')).toHaveLength(1);
  });

  it('writes into a stream and ends it', async () => {
    const to = new PassThrough();
    const reader = new HistogramReader();
    to.on('data', (chunk: Buffer) => reader.write(chunk));
    const { writtenBytes } = await takeSnapshot({ to });
    expect(reader.end().nodeCount).toBeGreaterThan(10_000);
    expect(writtenBytes).toBeGreaterThan(1 << 20);
  });

  it.skipIf(process.platform === 'win32')('follows a link, and replaces what it leads to', async () => {
    writeFileSync(join(folder, 'target'), 'old');
    symlinkSync(join(folder, 'target'), join(folder, 'link.heapsnapshot'));
    await takeSnapshot({ to: join(folder, 'link.heapsnapshot'), source: scripted() });
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe(buildSnapshot(() => {}));
  });

  it('refuses what does not fit into memory, and takes it when forced', async () => {
    const to = join(folder, 'refused.heapsnapshot');
    const source = scripted({ availableMemoryBytes: 1 << 20 });
    expect(await codeOf(takeSnapshot({ to, source }))).toBe('ERR_MEMX_TOO_EXPENSIVE');
    expect(filesLike('refused')).toEqual([]);
    await takeSnapshot({ to, source, force: true });
    expect(filesLike('refused')).toEqual(['refused.heapsnapshot']);
  });

  it('leaves nothing behind when it is cancelled while V8 writes', async () => {
    const controller = new AbortController();
    const to = join(folder, 'cancelled.heapsnapshot');
    const work = takeSnapshot({
      to,
      signal: controller.signal,
      onProgress: ({ phase }) => phase === 'writing' && controller.abort(),
    });
    expect(await codeOf(work)).toBe('ERR_MEMX_ABORTED');
    expect(filesLike('cancelled')).toEqual([]);
  });

  it('leaves nothing behind when the heap goes away, and keeps the file that was there', async () => {
    const to = join(folder, 'kept.heapsnapshot');
    writeFileSync(to, 'the one before');
    const source: HeapSource = {
      ...scripted(),
      async stream(onText) {
        onText('{"snapshot":');
        throw new Error('gone');
      },
    };
    await expect(takeSnapshot({ to, source })).rejects.toThrow('gone');
    expect(readFileSync(to, 'utf8')).toBe('the one before');
    expect(filesLike('kept')).toEqual(['kept.heapsnapshot']);
  });

  it("tells the caller's own error in onProgress, and leaves nothing behind", async () => {
    const to = join(folder, 'thrown.heapsnapshot');
    const work = takeSnapshot({
      to,
      source: scripted(),
      onProgress: ({ phase }) => {
        if (phase === 'walking') throw new Error('mine');
      },
    });
    await expect(work).rejects.toThrow('mine');
    expect(filesLike('thrown')).toEqual([]);
  });

  it('says what is wrong with an option or a path', async () => {
    expect(await codeOf(takeSnapshot({ to: '' }))).toBe('ERR_MEMX_INVALID_OPTION');
    expect(await codeOf(takeSnapshot({ to: 7 as never }))).toBe('ERR_MEMX_INVALID_OPTION');
    expect(await codeOf(takeSnapshot({ to: 'x', level: 1 } as never))).toBe('ERR_MEMX_INVALID_OPTION');
    const to = join(folder, 'no-such-folder', 'x');
    expect(await codeOf(takeSnapshot({ to, source: scripted() }))).toBe('ERR_MEMX_IO');
  });
});

describe('priceSnapshot', () => {
  it('asks more for a heap of many small objects than for the same bytes in numbers', async () => {
    const before = await priceSnapshot();
    const numbers = Array.from({ length: 997 }, () => Array.from({ length: 1_000 }, (_, i) => i + 0.5));
    const withNumbers = await priceSnapshot();
    numbers.length = 0;
    const objects = Array.from({ length: 997 }, () => Array.from({ length: 150 }, (_, n) => ({ n, m: [n] })));
    const withObjects = await priceSnapshot();
    expect(objects).toHaveLength(997);
    expect(withNumbers.heapUsedBytes).toBeGreaterThan(before.heapUsedBytes + (4 << 20));
    // A heap without objects of many references costs next to nothing more.
    expect(withObjects.pauseMs - before.pauseMs).toBeGreaterThan(2 * (withNumbers.pauseMs - before.pauseMs));
  });
});
