import type { CollectionReading, HeapReading } from './heap-reading.js';

/** What was allocated between two readings of the heap. */
export interface WindowGrowth {
  /** In young pages and large objects, with the ends of pages that stayed unused: at most this. */
  readonly youngBytes: number;
  /** How much of {@link youngBytes} may be such ends; 0 when no page was filled. */
  readonly slackBytes: number;
  readonly oldBytes: number;
  readonly collections: number;
}

/** A stretch of the program between two collections: nothing is freed in it. */
type Stretch = readonly [start: HeapReading, end: HeapReading];

/**
 * Adds up how the heap grew in all stretches between collections; what a collection frees, moves or promotes falls
 * between two stretches. Null when a stretch shrank: then a collection ran between a reading and its neighbour.
 *
 * @param pageBytes usable bytes of a young page
 */
export function sumGrowth(
  start: HeapReading,
  collections: readonly CollectionReading[],
  end: HeapReading,
  pageBytes: number,
): WindowGrowth | null {
  let youngBytes = 0;
  let slackBytes = 0;
  let oldBytes = 0;
  for (const [from, to] of toStretches(start, collections, end)) {
    const young = to.youngBytes + to.largeBytes - from.youngBytes - from.largeBytes;
    if (young < 0) return null;
    youngBytes += young;
    slackBytes += bytesUpToLastPage(from, to, pageBytes);
    oldBytes += to.oldBytes - from.oldBytes;
  }
  return { youngBytes, slackBytes, oldBytes, collections: collections.length };
}

function toStretches(
  start: HeapReading,
  collections: readonly CollectionReading[],
  end: HeapReading,
): Stretch[] {
  const starts = [start, ...collections.map(({ after }) => after)];
  const ends = [...collections.map(({ before }) => before), end];
  return starts.map((from, index) => [from, ends[index] ?? end]);
}

/**
 * An object that does not fit into the rest of a page goes to the next one, and the rest counts as used: up to
 * 10 KB of 256 KB where objects have 10 KB. Only what lies in the last page is certain to be objects.
 */
function bytesUpToLastPage(from: HeapReading, to: HeapReading, pageBytes: number): number {
  return Math.max(0, Math.floor(to.youngBytes / pageBytes) * pageBytes - from.youngBytes);
}
