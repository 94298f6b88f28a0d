import { OwnHeapSource } from '../take/own-heap-source.js';
import { priceReading, type SnapshotPrice } from './snapshot-price.js';

/**
 * Says what a snapshot of the calling thread's heap would cost, without taking it.
 *
 * Costs four to six full collections, of which two count objects, and two more and a walk over the objects where it depends on what
 * arrays hold. Counting takes 13 % of the CPU time of the snapshot itself
 * in the median, 2 to 37 % by kind of heap; the others about as much again. Pause, memory and file were within a factor of
 * 1.5 in 143 of the 144 figures that the model is made of. In a worker thread objects cannot be counted, and the price may be off by a
 * factor of 3 and more.
 *
 * @throws MemxError `ERR_MEMX_PROTOCOL`
 */
export async function priceSnapshot(): Promise<SnapshotPrice> {
  using heap = new OwnHeapSource();
  return priceReading(await heap.read());
}
