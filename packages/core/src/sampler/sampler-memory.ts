/**
 * What the sampling thread shares with the threads that track, in one SharedArrayBuffer: words for atomic access,
 * a slot for each tracking thread, and the rows, which only the sampling thread writes.
 */
export interface SamplerMemory {
  readonly words: Int32Array<SharedArrayBuffer>;
  /** Of each slot: since when its thread wants rows. */
  readonly starts: Float64Array;
  readonly times: Float64Array;
  readonly rss: Float64Array;
}

/** Rows: 27 minutes at 100 ms before the older ones are thinned for the first time. */
const CAPACITY = 16_384;

/** Threads that can track at one time; one more goes without the sampling thread. */
export const SLOTS = 64;

/** Places of the words. */
export const WAKE = 0;
export const STATE = 1;
/** The interval that the sampling thread goes by, as written by {@link toTenths}; 0 while it waits for work. */
export const PLANNED = 2;
/** Odd while rows are being moved. */
export const MOVES = 3;
export const ROWS = 4;
/** Slots from this one on have never been held: the sampling thread need not look at them. */
export const SLOTS_USED = 5;
const FIRST_SLOT = 16;

/** Values of {@link STATE}. */
export const BOOTING = 0;
export const RUNNING = 1;
export const ENDED = 2;

/** The wanted interval of a slot in tenths of a millisecond; 0 is a free slot. */
export const slotInterval = (slot: number) => FIRST_SLOT + 2 * slot;

/** The kernel's number of the slot's thread, where it may end without notice; else 0. */
export const slotThread = (slot: number) => FIRST_SLOT + 2 * slot + 1;

/** Atomics work on whole numbers; 32 bits of tenths are enough for 59 hours. */
export const toTenths = (intervalMs: number) => Math.max(1, Math.round(intervalMs * 10));

const WORDS_BYTES = 4 * (FIRST_SLOT + 2 * SLOTS);
const STARTS_BYTES = 8 * SLOTS;
const COLUMN_BYTES = 8 * CAPACITY;

/** 260 KiB, of which the system provides only what is written. */
export const SAMPLER_MEMORY_BYTES = WORDS_BYTES + STARTS_BYTES + 2 * COLUMN_BYTES;

export function openSamplerMemory(buffer: SharedArrayBuffer): SamplerMemory {
  const rows = WORDS_BYTES + STARTS_BYTES;
  return {
    words: new Int32Array(buffer, 0, WORDS_BYTES / 4),
    starts: new Float64Array(buffer, WORDS_BYTES, SLOTS),
    times: new Float64Array(buffer, rows, CAPACITY),
    rss: new Float64Array(buffer, rows + COLUMN_BYTES, CAPACITY),
  };
}
