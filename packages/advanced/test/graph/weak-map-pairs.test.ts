import { describe, expect, it } from 'vitest';
import { WeakMapPairs } from '../../src/graph/weak-map-pairs.js';

describe('the edges of WeakMap entries', () => {
  it('do not make memory of an index that no string can have', () => {
    const pairs = new WeakMapPairs();
    pairs.expect({ nodeCount: 211, edgeCount: 642 });
    const before = process.memoryUsage().arrayBuffers;
    for (const name of [2 ** 28, 2 ** 31, 2 ** 53]) pairs.take(0, name);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });
});
