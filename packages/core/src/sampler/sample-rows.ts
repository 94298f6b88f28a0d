import { compactRows, firstRowFrom } from './compact-rows.js';
import { MOVES, ROWS, type SamplerMemory, SLOTS_USED, slotInterval } from './sampler-memory.js';

/** Times and resident sets, row by row. */
export interface RssRows {
  readonly times: Float64Array;
  readonly rss: Float64Array;
}

/** For the sampling thread alone. */
export function appendRow(memory: SamplerMemory, timeMs: number, rssBytes: number): void {
  const { words, times, rss } = memory;
  let count = Atomics.load(words, ROWS);
  if (count === times.length) count = makeRoom(memory);
  times[count] = timeMs;
  rss[count] = rssBytes;
  Atomics.store(words, ROWS, count + 1); // publishes the row
}

/** Rows only ever move here, between two changes of MOVES. */
function makeRoom(memory: SamplerMemory): number {
  const { words, times, rss } = memory;
  Atomics.add(words, MOVES, 1);
  const count = compactRows([times, rss], times.length, oldestStart(memory));
  Atomics.store(words, ROWS, count);
  Atomics.add(words, MOVES, 1);
  return count;
}

function oldestStart({ words, starts }: SamplerMemory): number {
  let oldest = Number.POSITIVE_INFINITY;
  for (let slot = Atomics.load(words, SLOTS_USED) - 1; slot >= 0; slot--) {
    if (Atomics.load(words, slotInterval(slot)) !== 0) oldest = Math.min(oldest, starts[slot] ?? 0);
  }
  return oldest;
}

/** After so many moves in the midst of copying, the sampling thread is not believed to be sane. */
const MOST_ATTEMPTS = 100;

/**
 * Copies the rows from one time until before another, from any thread. A sequence lock: rows are moved once in thousands of
 * samples, so that copying is almost never repeated.
 */
export function copyRowsBetween({ words, times, rss }: SamplerMemory, fromMs: number, toMs: number): RssRows {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const moves = Atomics.load(words, MOVES);
    if (moves % 2 !== 0) {
      Atomics.wait(words, MOVES, moves, 1); // nobody notifies: it is a pause of 1 ms
      continue;
    }
    const count = Atomics.load(words, ROWS);
    const begin = firstRowFrom(times, count, fromMs);
    const end = firstRowFrom(times, count, toMs);
    const rows = { times: times.slice(begin, end), rss: rss.slice(begin, end) };
    // Adding nothing is a full fence, where a mere load may be done before the copying is.
    if (Atomics.add(words, MOVES, 0) === moves) return rows;
  }
  return { times: new Float64Array(0), rss: new Float64Array(0) };
}
