import { CLOSE_ARRAY, OPEN_ARRAY } from './json-bytes.js';
import { type SnapshotChunk, unexpectedByte } from './snapshot-format-error.js';
import type { ValueReader } from './value-reader.js';

/**
 * Passes over a flat array of numbers, as fast as memory is read: the first `]` ends it.
 * `edges` and `locations` are most of a file, and a histogram needs neither. What is passed over is not validated.
 */
export class NumberArrayScanner implements ValueReader {
  done = false;
  private opened = false;

  read(chunk: SnapshotChunk, from: number): number {
    if (!this.opened) {
      if (chunk.bytes[from] !== OPEN_ARRAY) throw unexpectedByte('"["', chunk, from);
      this.opened = true;
    }
    const close = chunk.bytes.indexOf(CLOSE_ARRAY, from);
    this.done = close >= 0;
    return this.done ? close + 1 : chunk.bytes.length;
  }
}
