const SYLLABLES = [
  'ka',
  'lo',
  'mi',
  'ren',
  'tas',
  'vo',
  'del',
  'ur',
  'sin',
  'pe',
  'gra',
  'hol',
  'be',
  'num',
  'qua',
  'zi',
];

/** Numbers that look random and are the same for the same seed. Mulberry32, by Tommy Ettinger (public domain). */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit) {
    return Math.floor(this.next() * limit);
  }

  /** One of `choices`. */
  of(choices) {
    return choices[this.below(choices.length)];
  }

  /** A string of hexadecimal digits, most likely unlike all others. */
  hex(digits) {
    let text = '';
    while (text.length < digits)
      text += this.below(2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return Buffer.from(text.slice(0, digits), 'latin1').toString('latin1'); // flat, not a tree of pieces
  }

  word() {
    let word = '';
    for (let count = 2 + this.below(3); count > 0; count--) word += this.of(SYLLABLES);
    return Buffer.from(word, 'latin1').toString('latin1');
  }
}
