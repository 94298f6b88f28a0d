import { type GCProfilerResult, getHeapSpaceStatistics } from 'node:v8';

/** What this thread's heap holds at one moment, in bytes, by how exactly V8 counts it. */
export interface HeapReading {
  /** In young pages, where most objects begin. The unusable end of a full page counts as used. */
  readonly youngBytes: number;
  /** Objects of more than half a page, young or old; each has its own pages and counts as it is. */
  readonly largeBytes: number;
  /** All else: objects that V8 expects to live long, and what it keeps for itself (code, feedback, shapes). */
  readonly oldBytes: number;
}

/** The heap right before and right after a garbage collection. */
export interface CollectionReading {
  readonly before: HeapReading;
  readonly after: HeapReading;
}

interface SpaceReading {
  readonly name: string;
  readonly usedBytes: number;
}

/** 3 to 16 µs and 1 to 4 KB of garbage, the same each time once it is warm (Node 20 to 26). */
export function readHeap(): HeapReading {
  return sumSpaces(
    getHeapSpaceStatistics().map((space) => ({ name: space.space_name, usedBytes: space.space_used_size })),
  );
}

/** The collections that V8's GC profiler saw, in their order. */
export function toCollections({ statistics }: GCProfilerResult): CollectionReading[] {
  return statistics.map(({ beforeGC, afterGC }) => ({
    before: toReading(beforeGC),
    after: toReading(afterGC),
  }));
}

/**
 * The usable bytes of one young page: 257,720 on Node 20, 257,728 on 22, 262,128 on 24 and 26. A page is 256 KiB
 * less a header, and the capacity is a whole number of pages.
 */
export function readYoungPageBytes(): number {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  const capacity = (young?.space_used_size ?? 0) + (young?.space_available_size ?? 0);
  const fewestPages = Math.max(1, Math.ceil(capacity / (256 * 1024)));
  const mostPages = Math.floor(capacity / (250 * 1000));
  for (let pages = fewestPages; pages <= mostPages; pages++) {
    if (capacity % pages === 0) return capacity / pages;
  }
  return capacity / fewestPages;
}

function toReading({ heapSpaceStatistics }: GCProfilerResult['statistics'][number]['beforeGC']): HeapReading {
  return sumSpaces(
    heapSpaceStatistics.map(({ spaceName, spaceUsedSize }) => ({
      name: spaceName,
      usedBytes: spaceUsedSize,
    })),
  );
}

function sumSpaces(spaces: readonly SpaceReading[]): HeapReading {
  let youngBytes = 0;
  let largeBytes = 0;
  let oldBytes = 0;
  for (const { name, usedBytes } of spaces) {
    if (name === 'new_space') youngBytes += usedBytes;
    else if (name === 'large_object_space' || name === 'new_large_object_space') largeBytes += usedBytes;
    else oldBytes += usedBytes;
  }
  return { youngBytes, largeBytes, oldBytes };
}
