import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COMMA,
  isWhitespace,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './json-bytes.js';
import { type SnapshotChunk, snapshotFormatError } from './snapshot-format-error.js';
import type { ValueReader } from './value-reader.js';

/**
 * Finds the end of one JSON value of any kind by brackets and quotes alone, and keeps its text when asked to.
 * What it passes over is not validated.
 */
export class JsonValueScanner implements ValueReader {
  done = false;
  private readonly kept: Buffer[] = [];
  private keptBytes = 0;
  private readonly keepAtMostBytes: number;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private inScalar = false;

  /** `keepAtMostBytes`: a longer value is refused, so that a foreign file cannot fill the memory. */
  constructor(keepAtMostBytes = 0) {
    this.keepAtMostBytes = keepAtMostBytes;
  }

  /** The text of the value; empty unless constructed to keep it. */
  get text(): string {
    return Buffer.concat(this.kept).toString('utf8');
  }

  read(chunk: SnapshotChunk, from: number): number {
    let at = from;
    while (at < chunk.bytes.length && !this.done) {
      const byte = chunk.bytes[at] as number;
      if (this.inScalar && this.endsScalar(byte)) break;
      this.take(byte);
      at++;
    }
    if (this.keepAtMostBytes > 0) this.keep(chunk, from, at);
    return at;
  }

  private take(byte: number): void {
    if (this.inString) this.takeInString(byte);
    else if (byte === QUOTE) this.inString = true;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) this.depth++;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.done = --this.depth === 0;
    else if (this.depth === 0 && !isWhitespace(byte)) this.inScalar = true;
  }

  private takeInString(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) {
      this.inString = false;
      this.done = this.depth === 0;
    }
  }

  /** A number or literal has no closing byte of its own: the one after it belongs to the object around. */
  private endsScalar(byte: number): boolean {
    this.done = byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY || isWhitespace(byte);
    return this.done;
  }

  private keep(chunk: SnapshotChunk, from: number, to: number): void {
    this.keptBytes += to - from;
    if (this.keptBytes > this.keepAtMostBytes) {
      throw snapshotFormatError(
        `a name or header of at most ${this.keepAtMostBytes} bytes to end before`,
        chunk.byteOffset + to,
      );
    }
    this.kept.push(Buffer.from(chunk.bytes.subarray(from, to)));
  }
}
