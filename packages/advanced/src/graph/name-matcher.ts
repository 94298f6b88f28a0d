import { BitSet } from './bit-set.js';
import type { StringTable } from './string-table.js';

/** Tells which names are wanted; each distinct name is decoded once. */
export class NameMatcher {
  private readonly strings: StringTable;
  private readonly isWanted: (name: string) => boolean;
  private readonly seen: BitSet;
  private readonly wanted: BitSet;

  constructor(strings: StringTable, isWanted: (name: string) => boolean) {
    this.strings = strings;
    this.isWanted = isWanted;
    this.seen = new BitSet(strings.count);
    this.wanted = new BitSet(strings.count);
  }

  /** `name`: index of the string. */
  matches(name: number): boolean {
    if (!this.seen.has(name)) {
      this.seen.add(name);
      if (this.isWanted(this.strings.get(name))) this.wanted.add(name);
    }
    return this.wanted.has(name);
  }
}
