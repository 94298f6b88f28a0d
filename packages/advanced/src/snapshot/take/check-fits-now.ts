import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { priceReading, type SnapshotPrice } from '../price/snapshot-price.js';
import { readFreeDisk } from './free-disk.js';
import { readHeapNow } from './read-heap.js';
import { refuseTooExpensive } from './refuse-too-expensive.js';

/**
 * Prices a snapshot of the calling thread's heap without a turn of the event loop, for handlers of `exit`, and throws when
 * it would not fit into memory or beside the file. Objects cannot be counted that way: the price comes from the CPU time of
 * a collection, and may be off by a factor of 3 and more.
 *
 * @throws MemxError `ERR_MEMX_TOO_EXPENSIVE`
 */
export function checkSnapshotFitsNow(to: string): SnapshotPrice {
  const price = priceReading(readHeapNow(collectorOfV8()));
  refuseTooExpensive(price, readFreeDisk(to));
  return price;
}

/** The inspector's own collection waits for a turn of the event loop (Node 20 to 26). */
function collectorOfV8(): () => void {
  setFlagsFromString('--expose-gc');
  try {
    return runInNewContext('gc');
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}
