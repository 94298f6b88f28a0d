import { CLOSE_ARRAY, COMMA, isWhitespace, LINE_FEED, MINUS, OPEN_ARRAY } from './json-bytes.js';
import { type SnapshotChunk, snapshotFormatError, unexpectedByte } from './snapshot-format-error.js';
import type { RecordReader } from './value-reader.js';

/** Takes whole records: `numbers[0]` to `numbers[length - 1]`. The array is used again for the next ones. */
export type RecordSink = (numbers: Float64Array, length: number) => void;

/** Records per batch: seven fields of 4096 records are 224 KiB, which stays in a core's second-level cache. */
const RECORDS_PER_BATCH = 4096;
/** So many digits always fit into 32 bits; longer numbers are rare and take the slow road. */
const MOST_DIGITS = 9;
const MOST_BYTES = MOST_DIGITS + 2;
const ZERO = 0x30;

type Expecting = 'open' | 'first-or-close' | 'number' | 'digit' | 'digit-or-separator' | 'separator';

/**
 * Reads `[1,2,3,…]`, a flat array of integers, straight from the bytes into batches of whole records. Negative ones are
 * rare: V8 counts columns from where a script was said to begin (the `columnOffset` of `vm.Script`, which test runners use).
 * Numbers are exact up to 2^53; any whitespace between them is fine.
 */
export class NumberArrayReader implements RecordReader {
  done = false;
  /** Records handed to the sink so far. */
  recordCount = 0;
  private readonly recordLength: number;
  private readonly sink: RecordSink;
  private readonly batch: Float64Array;
  private filled = 0;
  private expecting: Expecting = 'open';
  private value = 0;
  private isNegative = false;

  constructor(recordLength: number, sink: RecordSink) {
    this.recordLength = recordLength;
    this.sink = sink;
    this.batch = new Float64Array(recordLength * RECORDS_PER_BATCH);
  }

  read(chunk: SnapshotChunk, from: number): number {
    let at = from;
    while (at < chunk.bytes.length && !this.done) {
      if (this.expecting === 'number') at = this.readNumbers(chunk, at);
      this.takeByte(chunk, at++);
    }
    return at;
  }

  /**
   * The hot loop, for numbers of at most nine digits followed by a comma, or by a line feed and a comma. Stops at the
   * start of the first number that is something else, and before the last bytes of a chunk, where one may be cut.
   */
  private readNumbers({ bytes }: SnapshotChunk, from: number): number {
    const { batch } = this;
    const lastStart = bytes.length - MOST_BYTES;
    let { filled } = this;
    let at = from;
    while (at < lastStart) {
      const start = at;
      let value = ((bytes[at] as number) - ZERO) | 0;
      if (value >>> 0 > 9) break;
      let digit = ((bytes[++at] as number) - ZERO) | 0;
      while (digit >>> 0 <= 9 && at - start < MOST_DIGITS) {
        // Small integers only: one number beyond them, and V8 computes all of them as doubles (Node 20: −15 %).
        value = (Math.imul(value, 10) + digit) | 0;
        digit = ((bytes[++at] as number) - ZERO) | 0;
      }
      if (digit === LINE_FEED - ZERO) digit = ((bytes[++at] as number) - ZERO) | 0;
      if (digit !== COMMA - ZERO) {
        at = start;
        break;
      }
      at++;
      batch[filled++] = value;
      if (filled === batch.length) filled = this.flush(filled);
    }
    this.filled = filled;
    return at;
  }

  /** One byte of what the hot loop leaves: brackets, other whitespace, chunk ends, numbers of ten digits and more. */
  private takeByte(chunk: SnapshotChunk, at: number): void {
    const byte = chunk.bytes[at] as number;
    const { expecting } = this;
    if (expecting === 'open') {
      if (byte !== OPEN_ARRAY) throw unexpectedByte('"["', chunk, at);
      this.expecting = 'first-or-close';
    } else if (isDigit(byte) && expecting !== 'separator') {
      this.value = this.value * 10 + (byte - ZERO);
      this.expecting = 'digit-or-separator';
    } else if (byte === MINUS && (expecting === 'number' || expecting === 'first-or-close')) {
      this.isNegative = true;
      this.expecting = 'digit';
    } else if (isWhitespace(byte) && expecting !== 'digit') {
      if (expecting === 'digit-or-separator') this.expecting = 'separator';
    } else if (byte === COMMA && (expecting === 'separator' || expecting === 'digit-or-separator')) {
      this.finishNumber();
      this.expecting = 'number';
    } else if (byte === CLOSE_ARRAY && expecting !== 'number' && expecting !== 'digit') {
      if (expecting !== 'first-or-close') this.finishNumber();
      this.finishArray(chunk, at);
    } else {
      throw unexpectedByte(expecting === 'separator' ? '"," or "]"' : 'an integer', chunk, at);
    }
  }

  private finishNumber(): void {
    this.batch[this.filled++] = this.isNegative ? -this.value : this.value;
    this.value = 0;
    this.isNegative = false;
    if (this.filled === this.batch.length) this.filled = this.flush(this.filled);
  }

  private finishArray(chunk: SnapshotChunk, at: number): void {
    if (this.filled % this.recordLength !== 0) {
      throw snapshotFormatError(`a multiple of ${this.recordLength} numbers`, chunk.byteOffset + at);
    }
    this.filled = this.flush(this.filled);
    this.done = true;
  }

  private flush(length: number): 0 {
    this.sink(this.batch, length);
    this.recordCount += length / this.recordLength;
    return 0;
  }
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= ZERO + 9;
}
