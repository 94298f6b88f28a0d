import { snapshotFormatError } from '../snapshot-format-error.js';
import { IN_CODE, SPLIT, VALUE } from './name-roles.js';

/** Texts between two marks of the running count of split ones. */
const BLOCK = 64;

/** The roles of all texts of a snapshot: a byte each. */
export class TextRoles {
  readonly count: number;
  private readonly roles: Uint8Array;
  private splitsBefore = new Uint32Array(0);

  constructor(count: number) {
    this.count = count;
    this.roles = new Uint8Array(count);
  }

  add(index: number, role: number): void {
    if (index >= this.count)
      throw snapshotFormatError(`a string of index ${index}`, null, `${this.count} strings`);
    this.roles[index] = (this.roles[index] as number) | role;
  }

  of(index: number): number {
    return this.roles[index] ?? 0;
  }

  /** How many texts stand in code: the most that may be kept as names. */
  countInCode(): number {
    let count = 0;
    for (const roles of this.roles) if (roles & IN_CODE) count++;
    return count;
  }

  /** After the last text was split: values get texts of their own behind all others. */
  numberSplits(): void {
    this.splitsBefore = new Uint32Array(Math.ceil(this.count / BLOCK) + 1);
    let splits = 0;
    for (let index = 0; index < this.count; index++) {
      if (index % BLOCK === 0) this.splitsBefore[index / BLOCK] = splits;
      if ((this.roles[index] as number) & SPLIT) splits++;
    }
  }

  /** Where the text is found in the redacted file, for a reference of this role. */
  indexFor(index: number, role: number): number {
    if (role !== VALUE || !(this.of(index) & SPLIT)) return index;
    const block = Math.floor(index / BLOCK);
    let rank = this.splitsBefore[block] as number;
    for (let at = block * BLOCK; at < index; at++) if ((this.roles[at] as number) & SPLIT) rank++;
    return this.count + rank;
  }
}
