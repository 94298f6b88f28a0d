import { CLOSE_ARRAY, COMMA, OPEN_ARRAY } from '../json-bytes.js';
import { snapshotFormatError } from '../snapshot-format-error.js';
import type { ByteReader } from './byte-reader.js';

const ZERO = 0x30;

/** The unsigned integers of a flat list, each when it is asked for. */
export class NumberStream {
  private readonly reader: ByteReader;
  private isFirst = true;

  /** `reader` stands at the array's `[`. */
  constructor(reader: ByteReader) {
    reader.expect(OPEN_ARRAY);
    this.reader = reader;
  }

  /** @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT` when the list has no more, or something else */
  next(): number {
    const { reader } = this;
    if (!this.isFirst) {
      const fast = reader.tryNumber();
      if (fast !== null) return fast;
    }
    if (this.isFirst) this.isFirst = false;
    else if (reader.peek() === COMMA) reader.next();
    else reader.expect(COMMA);
    let digit = reader.peek() - ZERO;
    if (digit < 0 || digit > 9) {
      digit = reader.peekPastWhitespace() - ZERO;
      if (digit < 0 || digit > 9) throw snapshotFormatError('an unsigned integer', reader.position);
    }
    let value = 0;
    do {
      value = value * 10 + digit;
      reader.next();
      digit = reader.peek() - ZERO;
    } while (digit >= 0 && digit <= 9);
    return value;
  }

  /** Whether there is another one. */
  hasNext(): boolean {
    return this.reader.peekPastWhitespace() !== CLOSE_ARRAY;
  }

  /** After the last one. */
  end(): void {
    this.reader.expect(CLOSE_ARRAY);
  }
}
