import { BACKSLASH, CLOSE_ARRAY, COMMA, OPEN_ARRAY, QUOTE } from '../json-bytes.js';
import { snapshotFormatError } from '../snapshot-format-error.js';
import type { ByteReader, ByteSpan } from './byte-reader.js';

/** V8 cuts strings at 1024 characters, of at most 6 bytes each; other writers may not. */
const LONGEST_BYTES = 1 << 24;
const passedOver: ByteSpan = { bytes: Buffer.alloc(0), start: 0, end: 0 };

/** Behind the closing quote of the string that begins here. */
export function passOverString(reader: ByteReader): void {
  reader.expect(QUOTE);
  if (reader.tryText(passedOver)) return;
  for (;;) {
    const byte = reader.next();
    if (byte === QUOTE) return;
    if (byte === BACKSLASH) reader.next();
  }
}

/** The strings of a snapshot, one after the other, as they stand between their quotes. */
export class StringScanner {
  private readonly reader: ByteReader;
  private spill = Buffer.allocUnsafeSlow(8 * 1024);
  private readonly span: ByteSpan = { bytes: this.spill, start: 0, end: 0 };
  private isFirst = true;

  /** `reader` stands at the array's `[`. */
  constructor(reader: ByteReader) {
    reader.expect(OPEN_ARRAY);
    this.reader = reader;
  }

  /** @returns the same span each time, good until the next one is asked for; null behind the last one */
  next(): ByteSpan | null {
    const { reader } = this;
    if (reader.peekPastWhitespace() === CLOSE_ARRAY) {
      reader.expect(CLOSE_ARRAY);
      return null;
    }
    if (!this.isFirst) reader.expect(COMMA);
    this.isFirst = false;
    reader.expect(QUOTE);
    if (!reader.tryText(this.span)) this.readOverChunks();
    return this.span;
  }

  private readOverChunks(): void {
    const { reader, span } = this;
    let length = 0;
    const keep = (byte: number) => {
      if (length === this.spill.length) this.spill = grow(this.spill, reader.position);
      this.spill[length++] = byte;
    };
    for (let byte = reader.next(); byte !== QUOTE; byte = reader.next()) {
      keep(byte);
      if (byte === BACKSLASH) keep(reader.next());
    }
    span.bytes = this.spill;
    span.start = 0;
    span.end = length;
  }
}

/** The text of a span, each byte a character; at most so many of them. */
export function textOf({ bytes, start, end }: ByteSpan, mostBytes = LONGEST_BYTES): string {
  return bytes.toString('latin1', start, Math.min(end, start + mostBytes));
}

function grow(full: Buffer, position: number): Buffer<ArrayBuffer> {
  if (full.length >= LONGEST_BYTES)
    throw snapshotFormatError(`a string of at most ${LONGEST_BYTES} bytes`, position);
  const larger = Buffer.allocUnsafeSlow(full.length * 2);
  full.copy(larger);
  return larger;
}
