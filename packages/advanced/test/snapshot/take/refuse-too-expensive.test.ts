import { describe, expect, it } from 'vitest';
import type { SnapshotPrice } from '../../../src/snapshot/price/snapshot-price.js';
import { refuseTooExpensive } from '../../../src/snapshot/take/refuse-too-expensive.js';

const MIB = 1 << 20;
const price: SnapshotPrice = {
  pauseMs: 1_009,
  peakExtraBytes: 307 * MIB,
  fileBytes: 61 * MIB,
  heapUsedBytes: 31 * MIB,
  availableMemoryBytes: 1_021 * MIB,
  collectionCpuMs: 89,
  largeObjectBytes: 3 * MIB,
  terms: null,
};

describe('refuseTooExpensive', () => {
  it('lets pass what fits, and what nobody can tell', () => {
    refuseTooExpensive(price, 401 * MIB);
    refuseTooExpensive(price, null);
  });

  it('refuses what the container has no room for, with both figures', () => {
    expect(() => refuseTooExpensive({ ...price, availableMemoryBytes: 317 * MIB }, null)).toThrow(
      /not fit into memory: 'it needs about 307.0 MiB, and 317.0 MiB are left'.*--force/,
    );
  });

  it('refuses what the disk has no room for', () => {
    expect(() => refuseTooExpensive(price, 67 * MIB)).toThrow(/not fit on the disk/);
  });
});
