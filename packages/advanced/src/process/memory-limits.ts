import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';

/** Where the process hits a wall. */
export interface MemoryLimits {
  /** V8 gives up when the calling thread's heap would pass it (`--max-old-space-size`). */
  readonly heapBytes: number;
  /** The container's (cgroup's) limit; null when there is none, or the platform cannot tell. */
  readonly containerBytes: number | null;
  readonly machineBytes: number;
}

/** About 0.1 ms. */
export function readMemoryLimits(): MemoryLimits {
  return {
    heapBytes: getHeapStatistics().heap_size_limit,
    containerBytes: readContainerLimit(),
    machineBytes: totalmem(),
  };
}

/** Node reads both kinds of cgroups, and answers 0, undefined or about 2^64 where there is no limit (Node 20 to 26). */
function readContainerLimit(): number | null {
  const bytes = process.constrainedMemory?.();
  return bytes !== undefined && bytes > 0 && Number.isSafeInteger(bytes) ? bytes : null;
}
