import { selectExtremes } from '../series/select-extremes.js';

/**
 * Makes room in full columns, so that a recording of any length fits: at least a quarter of the rows becomes free.
 *
 * First goes what nobody wants any more. If that is not enough, the older rows give up half or more of their
 * resolution, evenly over time, keeping the lowest and the highest reading of each span; the newest quarter is left
 * as it is, so that a short tracking inside a long one keeps its detail.
 *
 * @param columns the first is the time, ascending
 * @param count rows in use
 * @param keepFromMs older rows are of no use
 * @returns the rows then in use, at most three quarters of the capacity
 */
export function compactRows(
  columns: readonly [Float64Array, ...Float64Array[]],
  count: number,
  keepFromMs: number,
): number {
  const [times, ...values] = columns;
  const quarter = Math.floor(times.length / 4);
  const first = firstRowFrom(times, count, keepFromMs);
  if (count - first <= 3 * quarter) return moveRows(columns, { from: first, count, to: 0 });
  const newest = count - quarter;
  const kept = selectWithin(times, values, { from: first, to: newest, most: quarter });
  for (const column of columns) {
    kept.forEach((row, at) => {
      column[at] = column[row] ?? Number.NaN;
    });
  }
  return moveRows(columns, { from: newest, count, to: kept.length });
}

/** The first row that is not older than a time; `count` when all are. */
export function firstRowFrom(times: Float64Array, count: number, timeMs: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function selectWithin(
  times: Float64Array,
  values: readonly Float64Array[],
  { from, to, most }: { from: number; to: number; most: number },
): number[] {
  let spans = most;
  let rows: number[];
  do {
    spans = Math.max(1, Math.floor(spans / 2));
    rows = selectExtremes(times, values, { from, to, spans });
  } while (rows.length > most && spans > 1);
  return rows;
}

function moveRows(
  columns: readonly Float64Array[],
  { from, count, to }: { from: number; count: number; to: number },
): number {
  for (const column of columns) column.copyWithin(to, from, count);
  return to + count - from;
}
