import { filledPageBytes } from './filled-page-bytes.js';
import { median } from './median.js';
import type { WindowGrowth } from './window-growth.js';
import {
  type AllocatedBytes,
  batchRates,
  bytesPerCall,
  withoutPageEnds,
  withoutStrays,
  type YoungGrowth,
} from './young-bytes.js';

/** Bytes per call, and what they lie between. */
export interface BytesEstimate {
  readonly bytes: number;
  readonly low: number;
  readonly high: number;
}

/** What some calls allocated in V8's heap. */
export type HeapGrowth = YoungGrowth & Pick<WindowGrowth, 'oldBytes'>;

/** Enough for Student's t to be narrow, few enough for a batch to outlast what neighbouring calls share. */
const BATCHES = 20;
/** Two-sided 95 % of Student's t, from one degree of freedom to 19. */
const STUDENT_T = [
  12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093,
];

/**
 * Young bytes count in full, so that a table which doubles once in a thousand calls is in the mean. Old bytes count
 * by their median over windows: when V8 compiles or learns a shape, tens of kilobytes appear there once, which
 * no call asked for. They widen the interval upwards. Whole pages that fill at even distances count, too.
 *
 * The interval is that of batch means (Conway 1963, Management Science 10) at 95 %. It is a point when all calls
 * allocate the same.
 *
 * @param allOldBytes with those of the calls before, and of windows that could not be told
 */
export function estimateHeapBytes(
  windows: readonly HeapGrowth[],
  allOldBytes: readonly AllocatedBytes[] = windows.map(toOldBytes),
): BytesEstimate {
  const all = withoutPageEnds(windows);
  const young = withoutStrays(all);
  const old = windows.map(toOldBytes);
  const steadyOld = Math.max(0, median(old.map(({ bytes, calls }) => bytes / calls)) ?? 0);
  const unsteady = allOldBytes.map(({ bytes, calls }) => ({ bytes: bytes - steadyOld * calls, calls }));
  const pages = filledPageBytes(unsteady);
  const bytes = Math.max(0, bytesPerCall(young)) + steadyOld + pages.bytesPerCall;
  const uncertainty = halfInterval(batchRates(all, BATCHES)) + pages.uncertaintyBytes;
  return {
    bytes,
    low: Math.max(0, bytes - uncertainty),
    high: bytes + uncertainty + Math.max(0, bytesPerCall(old) - steadyOld - pages.bytesPerCall),
  };
}

function toOldBytes({ oldBytes, calls }: HeapGrowth): AllocatedBytes {
  return { bytes: oldBytes, calls };
}

function halfInterval(rates: readonly number[]): number {
  const t = STUDENT_T[rates.length - 2];
  if (t === undefined) return 0;
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const squares = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0);
  return t * Math.sqrt(squares / (rates.length - 1) / rates.length);
}
