import type { HeapReading } from '../take/heap-source.js';
import { priceModel } from './price-model.js';

/** What a snapshot of a heap will cost. Predicted; see {@link priceModel} for how well. */
export interface SnapshotPrice {
  /** How long the thread will stand still, when it has a core to itself. */
  readonly pauseMs: number;
  /** By how much the process will grow meanwhile. V8 keeps a good part of it until the next snapshots. */
  readonly peakExtraBytes: number;
  /** The .heapsnapshot file, before it is packed. */
  readonly fileBytes: number;
  readonly heapUsedBytes: number;
  /** What the process may still take: of its container, or of the machine. */
  readonly availableMemoryBytes: number;
  /** What it is predicted from. */
  readonly collectionCpuMs: number;
  readonly largeObjectBytes: number;
}

export function priceReading(reading: HeapReading): SnapshotPrice {
  const { collectionCpuMs, largeObjectBytes, heapUsedBytes, availableMemoryBytes } = reading;
  const predict = ({ base, perCollectionMs, perLargeByte }: (typeof priceModel)['pauseMs']) =>
    base + perCollectionMs * collectionCpuMs + perLargeByte * largeObjectBytes;
  return {
    pauseMs: Math.round(predict(priceModel.pauseMs)),
    peakExtraBytes: Math.round(predict(priceModel.peakExtraBytes)),
    fileBytes: Math.round(predict(priceModel.fileBytes)),
    heapUsedBytes,
    availableMemoryBytes,
    collectionCpuMs,
    largeObjectBytes,
  };
}
