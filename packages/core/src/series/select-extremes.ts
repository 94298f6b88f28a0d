/** Which rows to look at, and into how many equal spans of time to divide them. */
export interface ExtremesOptions {
  /** First row. */
  readonly from: number;
  /** The row after the last. */
  readonly to: number;
  readonly spans: number;
}

/**
 * The rows at which any column is lowest or highest within its span of time: at most `2 × columns × spans`.
 *
 * Highs and lows of every column survive exactly, however often the result is thinned again; LTTB, which keeps
 * the look of one curve, promises neither. One pass.
 *
 * @param times ascending
 * @returns row numbers, ascending
 */
export function selectExtremes(
  times: Float64Array,
  columns: readonly Float64Array[],
  { from, to, spans }: ExtremesOptions,
): number[] {
  const selected: number[] = [];
  const begin = times[from] ?? 0;
  const length = (times[to - 1] ?? begin) - begin;
  const spanOf = (row: number) =>
    Math.min(spans - 1, Math.floor((((times[row] ?? 0) - begin) / length) * spans));
  let at = from;
  while (at < to) {
    const span = spanOf(at);
    let end = at + 1;
    while (end < to && (length === 0 || spanOf(end) === span)) end++;
    const rows = new Set<number>();
    for (const column of columns) addExtremes(column, { from: at, to: end }, rows);
    selected.push(...[...rows].sort((a, b) => a - b));
    at = end;
  }
  return selected;
}

function addExtremes(
  column: Float64Array,
  { from, to }: { from: number; to: number },
  rows: Set<number>,
): void {
  let lowest = -1;
  let highest = -1;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = from; row < to; row++) {
    const value = column[row] ?? Number.NaN; // comparisons with NaN are false: unread rows are passed over
    if (value < low) {
      low = value;
      lowest = row;
    }
    if (value > high) {
      high = value;
      highest = row;
    }
  }
  if (lowest >= 0) rows.add(lowest);
  if (highest >= 0) rows.add(highest);
}
