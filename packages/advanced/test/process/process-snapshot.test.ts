import { describe, expect, it } from 'vitest';
import { ProcessSnapshot } from '../../src/process/process-snapshot.js';

const invalid = expect.objectContaining({ code: 'ERR_MEMX_INVALID_OPTION' });

describe('ProcessSnapshot.capture', () => {
  it('sees memory that was touched in the resident set, its peak and the account of buffers', () => {
    const before = ProcessSnapshot.capture();
    const touched = Buffer.alloc(64 << 20, 1);
    const after = ProcessSnapshot.capture();
    expect(after.rssBytes - before.rssBytes).toBeGreaterThan(touched.length * 0.9);
    expect(after.peakRssBytes).toBeGreaterThanOrEqual(touched.length);
    expect(after.heap.arrayBuffersBytes - before.heap.arrayBuffersBytes).toBeGreaterThanOrEqual(
      touched.length,
    );
  });

  it('keeps its parts within their wholes', () => {
    const { heap, limits, peakRssBytes, rssBytes } = ProcessSnapshot.capture();
    for (const space of heap.spaces) expect(space.usedBytes).toBeLessThanOrEqual(space.sizeBytes);
    expect(heap.spaces.map((space) => space.name)).toContain('old_space');
    expect(heap.usedBytes).toBeLessThanOrEqual(heap.totalBytes);
    expect(heap.arrayBuffersBytes).toBeLessThanOrEqual(heap.externalBytes);
    expect(limits.heapBytes).toBeGreaterThan(heap.usedBytes);
    expect(limits.containerBytes ?? limits.machineBytes).toBeGreaterThan(rssBytes);
    expect(limits.machineBytes).toBeGreaterThan(peakRssBytes);
  });

  it('counts processor time since an earlier snapshot', () => {
    const first = ProcessSnapshot.capture();
    let sum = 0;
    while (process.cpuUsage().user / 1000 < first.cpu.userMs + 30) sum += Math.sqrt(sum + 1);
    const second = ProcessSnapshot.capture({ since: first });
    expect(first.cpu.percentSinceLast).toBeNull();
    expect(second.cpu.percentSinceLast).toBeGreaterThan(0);
    expect(second.cpu.userMs - first.cpu.userMs).toBeGreaterThanOrEqual(30);
    expect(second.uptimeMs).toBeGreaterThan(first.uptimeMs);
  });

  it('is plain data under its schema', () => {
    const snapshot = ProcessSnapshot.capture();
    expect(snapshot.schema).toBe('memx.process/1');
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });

  it('refuses a snapshot of another process, and options that it does not know', () => {
    const other = { ...ProcessSnapshot.capture(), pid: process.pid + 1 };
    expect(() => ProcessSnapshot.capture({ since: other })).toThrow(invalid);
    const misspelt: object = { sinse: ProcessSnapshot.capture() };
    expect(() => ProcessSnapshot.capture(misspelt)).toThrow(invalid);
  });
});
