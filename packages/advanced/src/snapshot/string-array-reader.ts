import { BACKSLASH, CLOSE_ARRAY, COMMA, isWhitespace, OPEN_ARRAY, QUOTE } from './json-bytes.js';
import { type SnapshotChunk, snapshotFormatError, unexpectedByte } from './snapshot-format-error.js';
import { SnapshotKernel } from './snapshot-kernel.js';
import type { ValueReader } from './value-reader.js';

type Expecting = 'open' | 'first-or-close' | 'string' | 'rest-of-string' | 'separator';

/**
 * Reads `["…","…"]` and decodes the wanted strings only; the others are passed over byte by byte.
 * The strings of a snapshot hold the program's data (cut at 1024 characters), and most of them name no type.
 */
export class StringArrayReader implements ValueReader {
  done = false;
  /** Strings begun so far; the last one has the index `count - 1`. */
  count = 0;
  private readonly kernel: SnapshotKernel;
  private readonly wanted: Uint32Array;
  private readonly onString: (index: number, text: string) => void;
  private nextWanted = 0;
  private expecting: Expecting = 'open';
  private escaped = false;
  private readonly pieces: Buffer[] = [];

  /** `wanted`: indexes in ascending order, each once. */
  constructor(
    wanted: Uint32Array,
    onString: (index: number, text: string) => void,
    kernel = new SnapshotKernel(),
  ) {
    this.kernel = kernel;
    this.wanted = wanted;
    this.onString = onString;
  }

  read(chunk: SnapshotChunk, from: number): number {
    let at = from;
    while (at < chunk.bytes.length && !this.done) {
      if (this.expecting === 'rest-of-string') at = this.readString(chunk, this.skipUnwanted(chunk, at));
      else this.takePunctuation(chunk, at++);
    }
    return at;
  }

  private takePunctuation(chunk: SnapshotChunk, at: number): void {
    const byte = chunk.bytes[at] as number;
    const { expecting } = this;
    if (isWhitespace(byte) && expecting !== 'open') return;
    if (byte === QUOTE && (expecting === 'string' || expecting === 'first-or-close')) {
      this.count++;
      this.expecting = 'rest-of-string';
    } else if (byte === COMMA && expecting === 'separator') this.expecting = 'string';
    else if (byte === OPEN_ARRAY && expecting === 'open') this.expecting = 'first-or-close';
    else if (byte === CLOSE_ARRAY && (expecting === 'separator' || expecting === 'first-or-close')) {
      this.finishArray(chunk, at);
    } else throw unexpectedByte(expecting === 'separator' ? '"," or "]"' : 'a string', chunk, at);
  }

  /** The hot loop: passes over strings as V8 parts them until the next wanted one begins. Returns a place within a string. */
  private skipUnwanted(chunk: SnapshotChunk, from: number): number {
    const wanted = (this.wanted[this.nextWanted] ?? Number.POSITIVE_INFINITY) + 1;
    let at = from;
    while (!this.escaped && this.count !== wanted) {
      this.count += this.kernel.takeStrings(chunk, at, wanted - this.count);
      if (this.kernel.stoppedAt === at) break;
      at = this.kernel.stoppedAt;
    }
    return at;
  }

  /** From behind the opening quote, or from the chunk's start, to behind the closing quote or to the chunk's end. */
  private readString(chunk: SnapshotChunk, from: number): number {
    const { bytes } = chunk;
    const to = this.findClosingQuote(bytes, from);
    const isClosed = to < bytes.length;
    if (this.wanted[this.nextWanted] === this.count - 1) {
      if (isClosed) this.finishWanted(chunk, from, to);
      // A copy: the chunk's memory is used again for the next one.
      else this.pieces.push(Buffer.from(bytes.subarray(from)));
      // The closing quote is left: the hot loop knows what V8 writes behind it, and goes on from there.
      return to;
    }
    if (!isClosed) return to;
    this.expecting = 'separator';
    return to + 1;
  }

  /** The first quote that an even number of backslashes stands before, or the chunk's end. */
  private findClosingQuote(bytes: Buffer, from: number): number {
    let at = this.escaped ? from + 1 : from;
    for (;;) {
      const quote = bytes.indexOf(QUOTE, at);
      const to = quote < 0 ? bytes.length : quote;
      let backslashes = 0;
      while (to - backslashes > at && bytes[to - backslashes - 1] === BACKSLASH) backslashes++;
      const escapesNext = backslashes % 2 === 1;
      this.escaped = escapesNext && quote < 0;
      if (quote < 0 || !escapesNext) return to;
      at = quote + 1;
    }
  }

  private finishWanted({ bytes, byteOffset }: SnapshotChunk, from: number, to: number): void {
    let raw = '';
    if (this.pieces.length === 0) raw = bytes.toString('utf8', from, to);
    else {
      // Joined as bytes: a chunk may end within a character.
      raw = Buffer.concat([...this.pieces, bytes.subarray(from, to)]).toString('utf8');
      this.pieces.length = 0;
    }
    this.nextWanted++;
    this.onString(this.count - 1, raw.includes('\\') ? unescapeString(raw, byteOffset + to + 1) : raw);
  }

  private finishArray(chunk: SnapshotChunk, at: number): void {
    const missing = this.wanted[this.nextWanted];
    if (missing !== undefined) {
      throw snapshotFormatError(
        `a string of index ${missing} before the end of "strings"`,
        chunk.byteOffset + at,
      );
    }
    this.done = true;
  }
}

function unescapeString(raw: string, byteOffset: number): string {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    throw snapshotFormatError('a string with valid escapes', byteOffset, raw);
  }
}
