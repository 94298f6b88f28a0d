import { OwnHeapSource } from '../take/own-heap-source.js';
import { priceReading, type SnapshotPrice } from './snapshot-price.js';

/**
 * Says what a snapshot of the calling thread's heap would cost, without taking it.
 *
 * Costs four full collections: 4 ms each on an empty heap, 100 ms of CPU at 60 MB of small objects.
 *
 * @throws MemxError `ERR_MEMX_PROTOCOL`
 */
export async function priceSnapshot(): Promise<SnapshotPrice> {
  using heap = new OwnHeapSource();
  return priceReading(await heap.read());
}
