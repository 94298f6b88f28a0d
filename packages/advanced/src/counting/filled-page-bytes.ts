import { median } from './median.js';
import type { AllocatedBytes } from './young-bytes.js';

/** Bytes that appear by whole pages, in the mean of all calls. */
export interface FilledPages {
  readonly bytesPerCall: number;
  /** Half of the range in which it lies: a page was taken at some call of its window. */
  readonly uncertaintyBytes: number;
}

/** A window with less took no stretch of memory, but has what V8 compiled or learned. */
const LEAST_STRETCH_BYTES = 32 * 1024;
const FEWEST_STRETCHES = 5;
const LEAST_PAGE_BYTES = 128 * 1024;
const FEWEST_PAGES = 3;
/** How far the pace of a stretch may be from the others', beside what its windows leave open. */
const UNEVEN_SHARE = 0.1;
/** Of all calls from the first stretch to the last. */
const LEAST_EVEN_SHARE = 0.6;
const NONE: FilledPages = { bytesPerCall: 0, uncertaintyBytes: 0 };

/**
 * What calls allocate in spaces that V8 counts by whole stretches. On Node 20 a shape that each call makes anew (72 bytes)
 * shows only when 3,600 of them need the next page of 257,688 bytes, or a gap between older objects. What a
 * stretch holds is what was allocated until the next one was taken. Where most stretches are used at one pace, they
 * are the calls'; fewer than five are not told from what V8 allocates for itself.
 *
 * @param windows in their order, those before the count as well: the more stretches, the better
 */
export function filledPageBytes(windows: readonly AllocatedBytes[]): FilledPages {
  const stretches = findStretches(windows);
  const pace = median(stretches.map(({ bytes, calls }) => bytes / calls)) ?? 0;
  const even = stretches.filter(
    ({ bytes, calls, windowCalls }) =>
      Math.abs(bytes - pace * calls) <= pace * windowCalls + UNEVEN_SHARE * bytes,
  );
  const pages = even.filter(({ bytes }) => bytes >= LEAST_PAGE_BYTES);
  const calls = sumCalls(even);
  const isPace = calls >= LEAST_EVEN_SHARE * sumCalls(stretches);
  if (even.length < FEWEST_STRETCHES || pages.length < FEWEST_PAGES || !isPace) return NONE;
  const bytesPerCall = even.reduce((sum, { bytes }) => sum + bytes, 0) / calls;
  // Where stretches follow each other, only the ends of the whole are open.
  const windowCalls = Math.max(...even.map((stretch) => stretch.windowCalls));
  return { bytesPerCall, uncertaintyBytes: (bytesPerCall * windowCalls) / calls };
}

/** Whether pages were taken, but too few to tell whose they are. */
export function needsMorePages(windows: readonly AllocatedBytes[]): boolean {
  const pages = windows.filter(({ bytes }) => bytes >= LEAST_PAGE_BYTES);
  return pages.length > 1 && filledPageBytes(windows).bytesPerCall === 0;
}

interface Stretch extends AllocatedBytes {
  /** Calls of the window in which it was taken. */
  readonly windowCalls: number;
}

/** What was taken after the last is not used up. */
function findStretches(windows: readonly AllocatedBytes[]): Stretch[] {
  const stretches: Stretch[] = [];
  let current: { bytes: number; calls: number; windowCalls: number } | null = null;
  for (const { bytes, calls } of windows) {
    if (bytes >= LEAST_STRETCH_BYTES) {
      // It was taken somewhere in its window: half of that is the one before's.
      if (current) stretches.push({ ...current, calls: current.calls + calls / 2 });
      current = { bytes, calls: calls / 2, windowCalls: calls };
    } else if (current) {
      current.bytes += bytes;
      current.calls += calls;
    }
  }
  return stretches;
}

function sumCalls(allocated: readonly AllocatedBytes[]): number {
  return allocated.reduce((sum, { calls }) => sum + calls, 0);
}
