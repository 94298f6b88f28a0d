import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { priceReading } from '../../../src/snapshot/price/snapshot-price.js';
import type { HeapReading } from '../../../src/snapshot/take/heap-source.js';

const program = fileURLToPath(new URL('./fixtures/price-and-take.mjs', import.meta.url));

interface Outcome {
  readonly objects: number | null;
  readonly nodeCount: number;
  readonly predicted: number;
  readonly actual: number;
}

function priceAndTake(...args: readonly string[]): Outcome {
  return JSON.parse(execFileSync(process.execPath, [program, ...args], { encoding: 'utf8' }));
}

describe('priceSnapshot', () => {
  it.each(['objects', 'lists', 'numbers', 'doubles', 'references'])(
    'counts a heap of %s as its snapshot does',
    (kind) => {
      const { objects, nodeCount, predicted, actual } = priceAndTake(kind);
      expect(objects).toBeGreaterThan(nodeCount * 0.9);
      expect(objects).toBeLessThan(nodeCount * 1.1);
      expect(Math.max(predicted / actual, actual / predicted)).toBeLessThan(1.5); // of the file's bytes
    },
  );

  it('prices by collections alone in a worker thread, where objects cannot be counted', () => {
    const { objects, predicted } = priceAndTake('objects', 'worker');
    expect(objects).toBeNull();
    expect(predicted).toBeGreaterThan(0);
  });
});

describe('priceReading', () => {
  const counts = {
    objects: 101_009,
    fieldSlots: 307_009,
    listSlots: 7_000_003,
    collectionSlots: 0,
    dictionarySlots: 0,
    longestList: 7_000_003,
    longestTable: 0,
    arrays: 1_009,
    walksFaster: false,
  };
  const reading: HeapReading = {
    heapUsedBytes: 61 << 20,
    largeObjectBytes: 53 << 20,
    collectionCpuMs: 31,
    availableMemoryBytes: 2 ** 40,
    objectCounts: counts,
    listReferences: null,
  };

  it('believes what was seen in the lists, however long the collection took', () => {
    const seen = 503_003;
    for (const collectionCpuMs of [31, 211]) {
      const { terms } = priceReading({ ...reading, collectionCpuMs, listReferences: seen });
      expect(terms?.listReferences).toBe(seen);
    }
  });

  it('takes a long list for numbers when the collection was quick, and for references when it was slow', () => {
    const numbers = priceReading(reading);
    const references = priceReading({ ...reading, collectionCpuMs: 61 });
    expect(numbers.terms?.listReferences).toBeLessThan(counts.objects);
    expect(references.terms?.listReferences).toBe(counts.listSlots);
    expect(references.peakExtraBytes).toBeGreaterThan(20 * numbers.peakExtraBytes);
  });

  it('prices a machine dearer whose collections are slower than the objects account for', () => {
    const usual = priceReading({ ...reading, objectCounts: { ...counts, listSlots: 0, longestList: 0 } });
    const slow = priceReading({
      ...reading,
      collectionCpuMs: 149,
      objectCounts: { ...counts, listSlots: 0, longestList: 0 },
    });
    expect(slow.pauseMs).toBeGreaterThan(usual.pauseMs * 1.3);
    expect(slow.fileBytes).toBe(usual.fileBytes);
  });
});
