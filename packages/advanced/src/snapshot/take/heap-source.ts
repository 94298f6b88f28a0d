import type { ObjectCounts } from '../price/object-counts.js';

/** What the heap itself says before a snapshot; the price is made of it. Every figure is of the moment after a full collection. */
export interface HeapReading {
  readonly heapUsedBytes: number;
  /** Objects of more than about 128 KiB, which have a space of their own. */
  readonly largeObjectBytes: number;
  /** CPU time of one full collection, over all threads of the process. */
  readonly collectionCpuMs: number;
  /** What the process may still take: of its container, or of the machine. */
  readonly availableMemoryBytes: number;
  /** null where V8 does not tell: in worker threads. */
  readonly objectCounts: ObjectCounts | null;
  /** Places of arrays that refer to something; null where the price depends little on them, or nobody could look. */
  readonly listReferences: number | null;
}

/** How far V8 is. `doneFraction` is null where V8 does not tell. */
export interface HeapStreamProgress {
  readonly doneFraction: number;
}

/** A heap that can be written down: this thread's, or that of another process. */
export interface HeapSource {
  /** Collects garbage four to eight times, and reads. */
  read(): Promise<HeapReading>;
  /** Hands over the text of a snapshot piece by piece, and settles after the last one. */
  stream(onText: (text: string) => void, onProgress: (progress: HeapStreamProgress) => void): Promise<void>;
  [Symbol.dispose](): void;
}
