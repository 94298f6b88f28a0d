import { COMMA, LINE_FEED } from '../json-bytes.js';
import type { ByteSink } from '../whole-file.js';

const BUFFER_BYTES = 256 * 1024;
/** A drain is due while there is still room for the longest record or string between two looks. */
const ROOM_BYTES = 32 * 1024;

/** Collects ASCII in one buffer, which its owner drains into the sink when it is nearly full. */
export class TextWriter {
  private readonly sink: ByteSink;
  private readonly buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  private filled = 0;

  constructor(sink: ByteSink) {
    this.sink = sink;
  }

  get isNearlyFull(): boolean {
    return this.filled > BUFFER_BYTES - ROOM_BYTES;
  }

  /** Short texts, of at most a few KiB. */
  text(ascii: string): void {
    this.filled += this.buffer.write(ascii, this.filled, 'latin1');
  }

  byte(byte: number): void {
    this.buffer[this.filled++] = byte;
  }

  /** A comma and a line feed. */
  separator(): void {
    this.buffer[this.filled++] = COMMA;
    this.buffer[this.filled++] = LINE_FEED;
  }

  number(value: number): void {
    if (value > 0xffff_ffff) {
      this.text(String(value));
      return;
    }
    const { buffer } = this;
    let digits = 1;
    for (let bound = 10; value >= bound; bound *= 10) digits++;
    let rest = value >>> 0;
    for (let at = this.filled + digits - 1; at >= this.filled; at--) {
      const tenth = (rest / 10) >>> 0;
      buffer[at] = 0x30 + (rest - Math.imul(tenth, 10));
      rest = tenth;
    }
    this.filled += digits;
  }

  async drain(): Promise<void> {
    await this.sink.write(this.buffer.subarray(0, this.filled));
    this.filled = 0;
  }
}
