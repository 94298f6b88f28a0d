import { GCProfiler } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { readHeap, readYoungPageBytes, toCollections } from '../../src/counting/heap-reading.js';

const arrays = (count: number, length: number) =>
  Array.from({ length: count }, (_, index) => new Array(length).fill(index));

describe('readHeap', () => {
  it('adds up to heapUsed', () => {
    const differences = Array.from({ length: 9 }, () => {
      const { youngBytes, largeBytes, oldBytes } = readHeap();
      return Math.abs(youngBytes + largeBytes + oldBytes - process.memoryUsage().heapUsed);
    });
    // A collection may come between the two readings of a pair.
    expect(Math.min(...differences)).toBeLessThan(64 * 1024);
  });

  it('tells large objects from small ones', () => {
    const before = readHeap();
    const kept = arrays(1, 100_000);
    expect(readHeap().largeBytes - before.largeBytes).toBeGreaterThanOrEqual(800_000);
    expect(kept).toHaveLength(1);
  });
});

describe('toCollections', () => {
  it('tells the heap before and after each collection', () => {
    const profiler = new GCProfiler();
    profiler.start();
    for (let round = 0; round < 500; round++) arrays(50, 200);
    const collections = toCollections(profiler.stop());
    expect(collections.length).toBeGreaterThan(0);
    for (const { before, after } of collections) expect(after.youngBytes).toBeLessThan(before.youngBytes);
  });
});

describe('readYoungPageBytes', () => {
  it('is a page of 256 KiB less a header, however large the young generation has grown', () => {
    const first = readYoungPageBytes();
    const kept = arrays(20_000, 100);
    expect(first).toBeGreaterThan(250_000);
    expect(first).toBeLessThan(256 * 1024);
    expect(readYoungPageBytes()).toBe(first);
    expect(kept).toHaveLength(20_000);
  });
});
