import type { SourcePlace } from './source-positions.js';

/** Offsets of a text as lines and columns. */
export class SourceText {
  readonly code: string;
  #lineStarts: number[] = [0];

  constructor(code: string) {
    this.code = code;
    // What ends a line in JavaScript, as V8 counts them.
    for (const { 0: end, index } of code.matchAll(/\r\n|[\n\r\u2028\u2029]/g))
      this.#lineStarts.push(index + end.length);
  }

  placeOf(offset: number): SourcePlace {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}
