import { CLOSE_ARRAY, COMMA, OPEN_ARRAY } from '../json-bytes.js';
import { snapshotFormatError } from '../snapshot-format-error.js';
import type { ByteReader } from './byte-reader.js';

const ZERO = 0x30;
/** 512 to 8,192 are equally fast. */
const BATCH = 1024;

/** The unsigned integers of a flat list. The reader may be some numbers ahead of what was asked for. */
export class NumberStream {
  private readonly reader: ByteReader;
  private readonly batch = new Float64Array(BATCH);
  private batchAt = 0;
  private batchEnd = 0;
  private isFirst = true;

  /** `reader` stands at the array's `[`. */
  constructor(reader: ByteReader) {
    reader.expect(OPEN_ARRAY);
    this.reader = reader;
  }

  /** @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT` when the list has no more, or something else */
  next(): number {
    if (this.batchAt < this.batchEnd || this.fill()) return this.batch[this.batchAt++] as number;
    return this.nextByBytes();
  }

  private fill(): boolean {
    if (this.isFirst) return false;
    this.batchAt = 0;
    this.batchEnd = this.reader.takeNumbers(this.batch);
    return this.batchEnd > 0;
  }

  /** Whatever JSON allows. */
  private nextByBytes(): number {
    const { reader } = this;
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
    return this.batchAt < this.batchEnd || this.reader.peekPastWhitespace() !== CLOSE_ARRAY;
  }

  /** After the last one. */
  end(): void {
    if (this.batchAt < this.batchEnd) throw snapshotFormatError('"]"', this.reader.position, 'more numbers');
    this.reader.expect(CLOSE_ARRAY);
  }
}
