import type { MemorySource } from '@memx/core';

/** A source whose readings are given: 1024 × 1024 bytes more and 10 ms later each time, if nothing else is said. */
export function growingSource(stepBytes = 1024 * 1024): MemorySource {
  let readings = 0;
  return {
    read: () => ({
      timeMs: 10 * readings,
      rssBytes: 1e9 + stepBytes * readings++,
      heapUsedBytes: null,
      heapTotalBytes: null,
      externalBytes: null,
      arrayBuffersBytes: null,
    }),
  };
}
