import { CLOSE_ARRAY, COMMA, isWhitespace, OPEN_ARRAY } from './json-bytes.js';
import type { SnapshotChunk } from './snapshot-format-error.js';
import { snapshotFormatError, unexpectedByte } from './snapshot-format-error.js';
import type { ValueReader } from './value-reader.js';

/** Takes whole records: `numbers[0]` to `numbers[length - 1]`. The array is used again for the next ones. */
export type RecordSink = (numbers: Float64Array, length: number) => void;

/** Records per batch: seven fields of 4096 records are 224 KiB, which stays in a core's second-level cache. */
const RECORDS_PER_BATCH = 4096;
/** Below it another digit still fits into V8's 31-bit small integers; the rest is rare and takes the slow road. */
const SMALL_LIMIT = 100_000_000;

type Expecting = 'open' | 'first-or-close' | 'number' | 'digit-or-separator' | 'separator';

/**
 * Reads `[1,2,3,…]`, a flat array of unsigned integers, straight from the bytes into batches of whole records.
 * Numbers are exact up to 2^53; any whitespace between them is fine.
 */
export class NumberArrayReader implements ValueReader {
  done = false;
  /** Records handed to the sink so far. */
  recordCount = 0;
  private readonly recordLength: number;
  private readonly sink: RecordSink;
  private readonly batch: Float64Array;
  private filled = 0;
  private expecting: Expecting = 'open';
  private value = 0;

  constructor(recordLength: number, sink: RecordSink) {
    this.recordLength = recordLength;
    this.sink = sink;
    this.batch = new Float64Array(recordLength * RECORDS_PER_BATCH);
  }

  read(chunk: SnapshotChunk, from: number): number {
    let at = from;
    while (at < chunk.bytes.length && !this.done) {
      at = this.expecting === 'number' ? this.readNumbers(chunk, at) : at;
      if (at < chunk.bytes.length) this.takeByte(chunk, at++);
    }
    return at;
  }

  /**
   * The hot loop: `digits,digits,…` for as long as that is all there is. Stops at the first byte that is neither, with
   * the state as {@link takeByte} expects it there.
   */
  private readNumbers(chunk: SnapshotChunk, from: number): number {
    const { bytes } = chunk;
    const { batch } = this;
    const end = bytes.length;
    let { filled } = this;
    let at = from;
    let numberStart = from;
    let value = 0;
    while (at < end) {
      const byte = bytes[at] as number;
      if (byte >= 0x30 && byte <= 0x39 && value < SMALL_LIMIT) {
        value = value * 10 + (byte - 0x30);
      } else if (byte === COMMA && at > numberStart) {
        batch[filled++] = value;
        value = 0;
        numberStart = at + 1;
        if (filled === batch.length) filled = this.flush(filled);
      } else break;
      at++;
    }
    this.filled = filled;
    this.value = value;
    this.expecting = at > numberStart ? 'digit-or-separator' : 'number';
    return at;
  }

  /** One byte of whatever the hot loop leaves: brackets, whitespace, chunk ends, numbers of ten digits and more. */
  private takeByte(chunk: SnapshotChunk, at: number): void {
    const byte = chunk.bytes[at] as number;
    const { expecting } = this;
    if (expecting === 'open') {
      if (byte !== OPEN_ARRAY) throw unexpectedByte('"["', chunk, at);
      this.expecting = 'first-or-close';
    } else if (byte >= 0x30 && byte <= 0x39 && expecting !== 'separator') {
      this.value = this.value * 10 + (byte - 0x30);
      this.expecting = 'digit-or-separator';
    } else if (isWhitespace(byte)) {
      if (expecting === 'digit-or-separator') this.expecting = 'separator';
    } else if (byte === COMMA && (expecting === 'separator' || expecting === 'digit-or-separator')) {
      this.finishNumber();
      this.expecting = 'number';
    } else if (byte === CLOSE_ARRAY && expecting !== 'number') {
      if (expecting !== 'first-or-close') this.finishNumber();
      this.finishArray(chunk, at);
    } else {
      throw unexpectedByte(expecting === 'separator' ? '"," or "]"' : 'an unsigned integer', chunk, at);
    }
  }

  private finishNumber(): void {
    this.batch[this.filled++] = this.value;
    this.value = 0;
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
