import { isNamedType } from './node-naming.js';
import { snapshotFormatError } from './snapshot-format-error.js';
import type { TypeCohort } from './snapshot-histogram.js';

const FIRST_CAPACITY = 256;
const MOST_KEY = 2 ** 31 - 1;

/** All nodes of one type and string index, by cohort. */
export interface TallyEntry {
  readonly key: number;
  readonly cohorts: readonly TypeCohort[];
}

/**
 * Counts and bytes of one node type by string index and cohort: a hash table in typed arrays, open addressing, at most half full.
 * A Map of numbers costs about four times as long per node, and an object per name.
 */
export class NodeTally {
  readonly type: string;
  /** False where all nodes of the type share one row: the key is 0 then. */
  readonly isNamed: boolean;
  private readonly cohortCount: number;
  private keys = new Int32Array(FIRST_CAPACITY).fill(-1);
  private counts: Float64Array;
  private sizes: Float64Array;
  private used = 0;

  constructor(type: string, cohortCount: number) {
    this.type = type;
    this.isNamed = isNamedType(type);
    this.cohortCount = cohortCount;
    this.counts = new Float64Array(FIRST_CAPACITY * cohortCount);
    this.sizes = new Float64Array(FIRST_CAPACITY * cohortCount);
  }

  add(key: number, cohort: number, { count, sizeBytes }: TypeCohort): void {
    const at = this.slotOf(key) * this.cohortCount + cohort;
    this.counts[at] = (this.counts[at] as number) + count;
    this.sizes[at] = (this.sizes[at] as number) + sizeBytes;
  }

  /** The string indexes of what was counted, in no order. */
  keysInUse(): Int32Array {
    return this.keys.filter((key) => key >= 0);
  }

  /** What was counted, by string index, in no order. */
  entries(): TallyEntry[] {
    const entries: TallyEntry[] = [];
    for (let slot = 0; slot < this.keys.length; slot++) {
      const key = this.keys[slot] as number;
      if (key >= 0) entries.push({ key, cohorts: this.cohortsAt(slot) });
    }
    return entries;
  }

  private cohortsAt(slot: number): TypeCohort[] {
    const cohorts: TypeCohort[] = [];
    const from = slot * this.cohortCount;
    for (let at = from; at < from + this.cohortCount; at++) {
      cohorts.push({ count: this.counts[at] as number, sizeBytes: this.sizes[at] as number });
    }
    return cohorts;
  }

  private slotOf(key: number): number {
    const mask = this.keys.length - 1;
    // Fibonacci hashing: the high bits of the product are the well mixed ones.
    let slot = (Math.imul(key, 0x9e3779b1) >>> 12) & mask;
    while (this.keys[slot] !== key) {
      if (this.keys[slot] === -1) return this.insert(key, slot);
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private insert(key: number, slot: number): number {
    if (this.used * 2 >= this.keys.length) {
      this.grow();
      return this.slotOf(key);
    }
    if (key > MOST_KEY) throw snapshotFormatError('a string index below 2^31 in "nodes"', null, `${key}`);
    this.keys[slot] = key;
    this.used++;
    return slot;
  }

  private grow(): void {
    const { keys, counts, sizes, cohortCount } = this;
    this.keys = new Int32Array(keys.length * 2).fill(-1);
    this.counts = new Float64Array(counts.length * 2);
    this.sizes = new Float64Array(sizes.length * 2);
    this.used = 0;
    for (let slot = 0; slot < keys.length; slot++) {
      const key = keys[slot] as number;
      if (key < 0) continue;
      const to = this.slotOf(key);
      for (let cohort = 0; cohort < cohortCount; cohort++) {
        this.counts[to * cohortCount + cohort] = counts[slot * cohortCount + cohort] as number;
        this.sizes[to * cohortCount + cohort] = sizes[slot * cohortCount + cohort] as number;
      }
    }
  }
}
