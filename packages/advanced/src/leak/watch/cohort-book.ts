import { allocatorOf, frameKey } from '../../allocation/allocation-site.js';
import type { AllocationSample, CallStack } from '../../allocation/sampling-profile-decoder.js';
import type { StackFrame } from '../../allocation/stack-frame.js';
import { spreadEvenly } from '../even-spread.js';
import type { RoundReading, SiteHistory, StackBytes } from '../evidence.js';
import { compareText } from '../judge/compare-text.js';

const MAX_ROUNDS = 128;
const MAX_SITES = 512;
/** What is told of them: the rest of their survivors would be too few to judge. */
const MAX_TOLD_SITES = 128;
const MAX_STACKS = 3;
const MAX_DEPTH = 32;

/** A sample of the heap or of memory outside of it. */
type BornSample = Pick<AllocationSample, 'stack' | 'sizeBytes' | 'ordinal'>;

interface SiteEntry {
  readonly allocator: StackFrame;
  /** The decoder gives all samples of one stack the same array. */
  stacks: Map<CallStack, number>;
  liveBytes: number[];
  liveByteMs: number[];
  survivors: number[];
  survivorBytes: number[];
}

/**
 * Birth cohorts: which of the objects sampled in each round are still alive, by allocating function.
 *
 * V8 numbers samples in the order of allocation, so the highest number seen at each round tells every later
 * sample's birth; no sample has to be remembered. Past {@link MAX_ROUNDS} neighbouring rounds are merged, the first one never: what was
 * born in it was made while the program started.
 */
export class CohortBook {
  #readings: RoundReading[] = [];
  #lastOrdinals: number[] = [];
  #sampledBefore = 0;
  #sites = new Map<string, SiteEntry>();

  get readings(): readonly RoundReading[] {
    return this.#readings;
  }

  /** How many allocations were sampled since the first round, as far as their numbers show. */
  get sampledAllocations(): number {
    return this.#sampledBefore + (this.#lastOrdinals.at(-1) ?? 0) - (this.#lastOrdinals[0] ?? 0);
  }

  /** V8 samples anew, and numbers anew: what was sampled so far is forgotten, the readings are kept. */
  restart(): void {
    this.#sampledBefore = this.sampledAllocations;
    this.#lastOrdinals = this.#lastOrdinals.map(() => 0);
    this.#sites.clear();
  }

  record(reading: RoundReading, samples: readonly BornSample[]): void {
    if (this.#readings.length === MAX_ROUNDS) this.#mergeNeighbours();
    this.#readings.push(reading);
    this.#lastOrdinals.push(highestOrdinal(samples, this.#lastOrdinals.at(-1) ?? 0));
    for (const entry of this.#sites.values()) this.#openRound(entry);
    for (const sample of samples) this.#place(sample);
    this.#dropEmptySites();
  }

  histories(): SiteHistory[] {
    return [...this.#sites.values()]
      .map((entry) => ({ entry, keptBytes: sumOf(entry.survivorBytes.slice(1)) }))
      .sort(
        (a, b) =>
          b.keptBytes - a.keptBytes || compareText(frameKey(a.entry.allocator), frameKey(b.entry.allocator)),
      )
      .slice(0, MAX_TOLD_SITES)
      .map(({ entry }) => ({ ...entry, stacks: dearest(entry.stacks) }));
  }

  #openRound(entry: SiteEntry): void {
    const rounds = this.#readings.length;
    entry.stacks = new Map();
    entry.survivors = new Array(rounds).fill(0);
    entry.survivorBytes = new Array(rounds).fill(0);
    entry.liveBytes.push(0);
    entry.liveByteMs.push(0);
  }

  #place({ stack, sizeBytes, ordinal }: BornSample): void {
    const allocator = allocatorOf(stack);
    if (!allocator) return;
    const entry = this.#entryFor(allocator);
    const birth = this.#birthRound(ordinal);
    const now = this.#readings.length - 1;
    entry.survivors[birth] = (entry.survivors[birth] ?? 0) + 1;
    entry.survivorBytes[birth] = (entry.survivorBytes[birth] ?? 0) + sizeBytes;
    if (birth === 0) return; // what was made while the program started
    const ageMs = (this.#readings[now]?.activeMs ?? 0) - (this.#readings[birth]?.activeMs ?? 0);
    entry.liveBytes[now] = (entry.liveBytes[now] ?? 0) + sizeBytes;
    entry.liveByteMs[now] = (entry.liveByteMs[now] ?? 0) + sizeBytes * ageMs;
    entry.stacks.set(stack, (entry.stacks.get(stack) ?? 0) + sizeBytes);
  }

  #entryFor(allocator: StackFrame): SiteEntry {
    const key = frameKey(allocator);
    let entry = this.#sites.get(key);
    if (!entry) {
      const before = new Array(this.#readings.length - 1).fill(0);
      const live = { liveBytes: before, liveByteMs: [...before] };
      entry = { allocator, stacks: new Map(), ...live, survivors: [], survivorBytes: [] };
      this.#openRound(entry);
      this.#sites.set(key, entry);
    }
    return entry;
  }

  /** The first round whose reading had already seen this ordinal (binary search). */
  #birthRound(ordinal: number): number {
    let low = 0;
    let high = this.#lastOrdinals.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lastOrdinals[middle] ?? 0) >= ordinal) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #dropEmptySites(): void {
    const live = [...this.#sites].filter(([, { survivors }]) => survivors.some((count) => count > 0));
    if (live.length > MAX_SITES) {
      live.sort(([, a], [, b]) => (b.liveBytes.at(-1) ?? 0) - (a.liveBytes.at(-1) ?? 0)).length = MAX_SITES;
    }
    this.#sites = new Map(live);
  }

  #mergeNeighbours(): void {
    const kept = spreadEvenly(
      this.#readings.map(({ timeMs }) => timeMs),
      MAX_ROUNDS / 2,
    );
    const only = <T>(values: readonly T[]) => kept.flatMap((index) => values[index] ?? []);
    this.#readings = only(this.#readings);
    this.#lastOrdinals = only(this.#lastOrdinals);
    for (const entry of this.#sites.values()) {
      entry.liveBytes = only(entry.liveBytes);
      entry.liveByteMs = only(entry.liveByteMs);
    }
  }
}

const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function dearest(stacks: ReadonlyMap<CallStack, number>): StackBytes[] {
  return [...stacks]
    .sort(([a, x], [b, y]) => y - x || compareText(stackKey(a), stackKey(b)))
    .slice(0, MAX_STACKS)
    .map(([stack, sizeBytes]) => ({ frames: stack.slice(0, MAX_DEPTH), sizeBytes }));
}

const stackKey = (stack: CallStack) => stack.map(frameKey).join();

function highestOrdinal(samples: readonly BornSample[], least: number): number {
  let highest = least;
  for (const { ordinal } of samples) if (ordinal > highest) highest = ordinal;
  return highest;
}
