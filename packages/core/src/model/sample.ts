/** One reading of a process's memory. `null` is what could not be read from where the reading was made. */
export interface MemorySample {
  /** Milliseconds since the process started (the base of the main thread's `performance.now()`); monotonic. */
  readonly timeMs: number;
  /** Resident set: what the process occupies in physical memory, all threads together. */
  readonly rssBytes: number;
  /** Live and not yet collected objects in this isolate's JavaScript heap. */
  readonly heapUsedBytes: number | null;
  /** What V8 reserved for this isolate's JavaScript heap. */
  readonly heapTotalBytes: number | null;
  /** Memory outside the heap that JavaScript objects of this isolate hold, array buffers included. */
  readonly externalBytes: number | null;
  /** Array buffers, shared ones and Node's Buffers of this isolate; part of `externalBytes`. */
  readonly arrayBuffersBytes: number | null;
}

/** The name of a number that is measured over time. */
export type MemoryMetric =
  | 'rssBytes'
  | 'heapUsedBytes'
  | 'heapTotalBytes'
  | 'externalBytes'
  | 'arrayBuffersBytes';

/** Every metric, in the order in which memx writes them. */
export const memoryMetrics: readonly MemoryMetric[] = [
  'rssBytes',
  'heapUsedBytes',
  'heapTotalBytes',
  'externalBytes',
  'arrayBuffersBytes',
];
