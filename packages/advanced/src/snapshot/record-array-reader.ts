import { CLOSE_ARRAY, COMMA, isWhitespace, OPEN_ARRAY } from './json-bytes.js';
import { type SnapshotChunk, snapshotFormatError, unexpectedByte } from './snapshot-format-error.js';
import type { RecordReader } from './value-reader.js';

const ZERO = 0x30;

type Expecting = 'open' | 'first-or-close' | 'number' | 'digit-or-separator' | 'separator';

/** What {@link RecordArrayReader} hands its records to. */
export interface RecordTaker {
  readonly recordLength: number;
  /** More are refused. */
  readonly mostRecords: number;
  /**
   * The hot loop. Takes records from `chunk.bytes[from]` on, where one begins, and returns where the first one begins that
   * it leaves: because the chunk may cut it, or because it is written in a way that is too rare to be fast at.
   * `first` is the number of the record at `from`; how many it took is in `taken`.
   */
  takeMany(chunk: SnapshotChunk, from: number, first: number): number;
  /** Records that {@link takeMany} took the last time. */
  readonly taken: number;
  /** One record, checked and complete; `byteOffset` is where it begins in the file. */
  takeOne(record: Float64Array, index: number, byteOffset: number): void;
}

/**
 * Reads `[1,2,3,…]`, a flat array of unsigned integers, as records of a fixed length. A {@link RecordTaker} takes most of
 * them straight from the bytes; what it leaves goes through here byte by byte, any whitespace included.
 */
export class RecordArrayReader implements RecordReader {
  done = false;
  recordCount = 0;
  /** Behind the closing bracket, once `done`. */
  endOffset = 0;
  private readonly taker: RecordTaker;
  private readonly record: Float64Array;
  private filled = 0;
  private recordOffset = 0;
  private expecting: Expecting = 'open';
  private value = 0;

  constructor(taker: RecordTaker) {
    this.taker = taker;
    this.record = new Float64Array(taker.recordLength);
  }

  read(chunk: SnapshotChunk, from: number): number {
    const { taker } = this;
    let at = from;
    while (at < chunk.bytes.length && !this.done) {
      if (this.expecting === 'number' && this.filled === 0) {
        at = taker.takeMany(chunk, at, this.recordCount);
        this.recordCount += taker.taken;
        if (at >= chunk.bytes.length) break;
      }
      this.takeByte(chunk, at++);
    }
    return at;
  }

  private takeByte(chunk: SnapshotChunk, at: number): void {
    const byte = chunk.bytes[at] as number;
    const { expecting } = this;
    if (expecting === 'open') {
      if (byte !== OPEN_ARRAY) throw unexpectedByte('"["', chunk, at);
      this.expecting = 'first-or-close';
    } else if (isDigit(byte) && expecting !== 'separator') {
      if (expecting !== 'digit-or-separator' && this.filled === 0) this.recordOffset = chunk.byteOffset + at;
      this.value = this.value * 10 + (byte - ZERO);
      this.expecting = 'digit-or-separator';
    } else if (isWhitespace(byte)) {
      if (expecting === 'digit-or-separator') this.expecting = 'separator';
    } else if (byte === COMMA && (expecting === 'separator' || expecting === 'digit-or-separator')) {
      this.finishNumber(chunk, at);
      this.expecting = 'number';
    } else if (byte === CLOSE_ARRAY && expecting !== 'number') {
      if (expecting !== 'first-or-close') this.finishNumber(chunk, at);
      this.finishArray(chunk, at);
    } else {
      throw unexpectedByte(expecting === 'separator' ? '"," or "]"' : 'an unsigned integer', chunk, at);
    }
  }

  private finishNumber(chunk: SnapshotChunk, at: number): void {
    const { record, taker } = this;
    record[this.filled++] = this.value;
    this.value = 0;
    if (this.filled < record.length) return;
    if (this.recordCount >= taker.mostRecords) {
      throw unexpectedByte(`the end of ${taker.mostRecords} records, as the header promises`, chunk, at);
    }
    taker.takeOne(record, this.recordCount, this.recordOffset);
    this.recordCount++;
    this.filled = 0;
  }

  private finishArray(chunk: SnapshotChunk, at: number): void {
    if (this.filled !== 0) {
      throw snapshotFormatError(`a multiple of ${this.record.length} numbers`, chunk.byteOffset + at);
    }
    this.endOffset = chunk.byteOffset + at + 1;
    this.done = true;
  }
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= ZERO + 9;
}
