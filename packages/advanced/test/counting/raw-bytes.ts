import { getHeapSpaceStatistics } from 'node:v8';

/** The plain way: how `heapUsed` grows over so few calls that a page or a collection seldom ends between. */
const CALLS = 50;
const READINGS = 101;

export function rawBytesPerCall(fn: () => unknown): number {
  const grown = new GrowthReadings();
  for (let reading = 0; reading < READINGS; reading++) {
    grown.begin();
    for (let call = 0; call < CALLS; call++) grown.latest = nothing();
    grown.endIdle(reading);
    grown.begin();
    for (let call = 0; call < CALLS; call++) grown.latest = fn();
    grown.endBusy(reading);
  }
  return grown.middle() / CALLS;
}

export async function rawBytesPerAsyncCall(fn: () => Promise<unknown>): Promise<number> {
  const grown = new GrowthReadings();
  const settled = Promise.resolve();
  const idle = () => settled;
  for (let reading = 0; reading < READINGS; reading++) {
    grown.begin();
    for (let call = 0; call < CALLS; call++) grown.latest = await idle();
    grown.endIdle(reading);
    grown.begin();
    for (let call = 0; call < CALLS; call++) grown.latest = await fn();
    grown.endBusy(reading);
  }
  return grown.middle() / CALLS;
}

const PAGED_CALLS = 40_000;
const CALLS_A_READING = 25;
const PAGE_BYTES = 128 * 1024;

/** What shows by whole pages only (shapes, on Node 20): how many calls lie between two pages, by the middle of all. */
export function rawPagedBytesPerCall(fn: () => unknown): number {
  const kept: unknown[] = [null];
  const rates: number[] = [];
  let taken: { bytes: number; call: number } | null = null;
  let before = readOldBytes();
  for (let call = 0; call < PAGED_CALLS; call++) {
    kept[0] = fn();
    if (call % CALLS_A_READING !== 0) continue;
    const now = readOldBytes();
    if (now - before > PAGE_BYTES) {
      if (taken) rates.push(taken.bytes / (call - taken.call));
      taken = { bytes: now - before, call };
    } else if (now !== before) taken = null; // a gap among older objects, or a collection
    before = now;
  }
  return rates.sort((a, b) => a - b)[rates.length >> 1] ?? 0;
}

function readOldBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.space_used_size ?? 0;
}

class GrowthReadings {
  latest: unknown = null;
  readonly #start = new Float64Array(1);
  readonly #idle = new Float64Array(READINGS);
  readonly #busy = new Float64Array(READINGS);

  begin(): void {
    this.#start[0] = process.memoryUsage().heapUsed;
  }
  endIdle(reading: number): void {
    this.#idle[reading] = process.memoryUsage().heapUsed - (this.#start[0] ?? Number.NaN);
  }
  endBusy(reading: number): void {
    this.#busy[reading] = process.memoryUsage().heapUsed - (this.#start[0] ?? Number.NaN);
  }
  middle(): number {
    const differences = this.#busy.map((busy, reading) => busy - (this.#idle[reading] ?? Number.NaN));
    return differences.sort()[READINGS >> 1] ?? Number.NaN;
  }
}

function nothing(): null {
  return null;
}
