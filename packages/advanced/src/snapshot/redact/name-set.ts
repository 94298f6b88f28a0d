/**
 * A set of texts that keeps 64 bits of each: a large program's 300,000 names take 8 MiB, as strings they would take 30.
 * Two different names fall together with a chance of 1 in 2^64 a pair.
 */
export class NameSet {
  private readonly slots: Uint32Array;
  private readonly mask: number;

  constructor(capacity: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(8, capacity * 2)));
    this.slots = new Uint32Array(size * 2);
    this.mask = size - 1;
  }

  /** No more than `capacity` of them. */
  add(text: string): void {
    const { slots } = this;
    const [low, high] = fingerprint(text);
    let slot = low & this.mask;
    while (slots[slot * 2] !== 0 || slots[slot * 2 + 1] !== 0) {
      if (slots[slot * 2] === low && slots[slot * 2 + 1] === high) return;
      slot = (slot + 1) & this.mask;
    }
    slots[slot * 2] = low;
    slots[slot * 2 + 1] = high;
  }

  has(text: string): boolean {
    const { slots } = this;
    const [low, high] = fingerprint(text);
    let slot = low & this.mask;
    while (slots[slot * 2] !== 0 || slots[slot * 2 + 1] !== 0) {
      if (slots[slot * 2] === low && slots[slot * 2 + 1] === high) return true;
      slot = (slot + 1) & this.mask;
    }
    return false;
  }
}

/** FNV-1a twice, with different starts and multipliers, and a last mix. Never 0 and 0, which is the empty slot. */
function fingerprint(text: string): readonly [number, number] {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995);
    high ^= high >>> 15;
  }
  low ^= low >>> 16;
  return [low >>> 0, (high | 1) >>> 0];
}
