import { formatBytes, MemxError } from '@memx/core';
import type { SnapshotPrice } from '../price/snapshot-price.js';

/** Nine in ten predictions of memory and file are within a factor of 1.4. */
const MARGIN = 1.25;

/**
 * @param freeDiskBytes null when nobody can tell
 * @throws MemxError `ERR_MEMX_TOO_EXPENSIVE` when the snapshot would not fit into memory or on the disk
 */
export function refuseTooExpensive(price: SnapshotPrice, freeDiskBytes: number | null): void {
  const { peakExtraBytes, availableMemoryBytes, fileBytes } = price;
  if (peakExtraBytes * MARGIN > availableMemoryBytes) {
    throw tooExpensive(
      'The snapshot would not fit into memory',
      `it needs about ${formatBytes(peakExtraBytes)}, and ${formatBytes(availableMemoryBytes)} are left`,
    );
  }
  if (freeDiskBytes !== null && fileBytes * MARGIN > freeDiskBytes) {
    throw tooExpensive(
      'The snapshot would not fit on the disk',
      `it needs about ${formatBytes(fileBytes)}, and ${formatBytes(freeDiskBytes)} are left`,
    );
  }
}

function tooExpensive(what: string, value: string): MemxError {
  return new MemxError('ERR_MEMX_TOO_EXPENSIVE', {
    what,
    value,
    remedy: 'Make room, or take it all the same with force (--force).',
  });
}
