import { BACKSLASH, CLOSE_ARRAY, COMMA, OPEN_ARRAY, QUOTE } from '../json-bytes.js';
import { snapshotFormatError } from '../snapshot-format-error.js';
import type { ByteReader } from './byte-reader.js';

/** V8 cuts strings at 1024 characters, of at most 6 bytes each; other writers may not. */
const LONGEST_BYTES = 1 << 24;

/** Behind the closing quote of the string that begins here. */
export function passOverString(reader: ByteReader): void {
  reader.expect(QUOTE);
  for (;;) {
    const byte = reader.next();
    if (byte === QUOTE) return;
    if (byte === BACKSLASH) reader.next();
  }
}

/**
 * The strings of a snapshot, one after the other, as they stand between their quotes.
 * Each is good until the next one is asked for, whatever its length.
 */
export class StringScanner {
  private readonly reader: ByteReader;
  private spill = Buffer.allocUnsafeSlow(8 * 1024);
  private isFirst = true;

  /** `reader` stands at the array's `[`. */
  constructor(reader: ByteReader) {
    reader.expect(OPEN_ARRAY);
    this.reader = reader;
  }

  /** @returns null behind the last one */
  next(): Buffer | null {
    const { reader } = this;
    if (reader.peekPastWhitespace() === CLOSE_ARRAY) {
      reader.expect(CLOSE_ARRAY);
      return null;
    }
    if (!this.isFirst) reader.expect(COMMA);
    this.isFirst = false;
    reader.expect(QUOTE);
    return this.readContent();
  }

  private readContent(): Buffer {
    const { reader } = this;
    const at = reader.available();
    const end = closingQuote(at);
    if (end !== null) {
      reader.take(end + 1);
      return at.subarray(0, end);
    }
    return this.readOverChunks();
  }

  private readOverChunks(): Buffer {
    const { reader } = this;
    let length = 0;
    const keep = (byte: number) => {
      if (length === this.spill.length) this.spill = grow(this.spill, reader.position);
      this.spill[length++] = byte;
    };
    for (;;) {
      const byte = reader.next();
      if (byte === QUOTE) return this.spill.subarray(0, length);
      keep(byte);
      if (byte === BACKSLASH) keep(reader.next());
    }
  }
}

function closingQuote(bytes: Buffer): number | null {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at++;
  }
  return null;
}

function grow(full: Buffer, position: number): Buffer<ArrayBuffer> {
  if (full.length >= LONGEST_BYTES)
    throw snapshotFormatError(`a string of at most ${LONGEST_BYTES} bytes`, position);
  const larger = Buffer.allocUnsafeSlow(full.length * 2);
  full.copy(larger);
  return larger;
}
