import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

/** One of the spaces that V8's heap is made of. */
export interface HeapSpace {
  /** V8's name: `new_space`, `old_space`, `large_object_space`, `code_space`, … */
  readonly name: string;
  /** Taken from the system. */
  readonly sizeBytes: number;
  readonly usedBytes: number;
  /** Free within it. */
  readonly availableBytes: number;
}

/** The calling thread's heap, and what its objects hold outside of it. */
export interface HeapSummary {
  readonly usedBytes: number;
  readonly totalBytes: number;
  /** Bound to objects, but outside the heap: buffers, native memory that was reported to V8. */
  readonly externalBytes: number;
  /** The part of {@link externalBytes} that is ArrayBuffers and Buffers. */
  readonly arrayBuffersBytes: number;
  /** What V8 itself took by malloc. */
  readonly mallocedBytes: number;
  readonly spaces: readonly HeapSpace[];
}

export function summarizeHeap(memory: NodeJS.MemoryUsage): HeapSummary {
  return {
    usedBytes: memory.heapUsed,
    totalBytes: memory.heapTotal,
    externalBytes: memory.external,
    arrayBuffersBytes: memory.arrayBuffers,
    mallocedBytes: getHeapStatistics().malloced_memory,
    spaces: getHeapSpaceStatistics().map((space) => ({
      name: space.space_name,
      sizeBytes: space.space_size,
      usedBytes: space.space_used_size,
      availableBytes: space.space_available_size,
    })),
  };
}
