import {
  BACKSLASH,
  CLOSE_ARRAY,
  COMMA,
  isWhitespace,
  LINE_FEED,
  OPEN_ARRAY,
  QUOTE,
} from '../snapshot/json-bytes.js';
import { type SnapshotChunk, unexpectedByte } from '../snapshot/snapshot-format-error.js';
import type { SnapshotKernel } from '../snapshot/snapshot-kernel.js';
import type { ValueReader } from '../snapshot/value-reader.js';
import { BitSet } from './bit-set.js';
import { GrowingInts } from './growing-ints.js';
import type { StringOffsets } from './string-offsets.js';

const ZERO = 0x30;
/** After a number, this begins the name of an edge of a WeakMap's entry (see weak-map-pairs.ts). */
const PAIR = Buffer.from(' / part of key (');
const MOST_DIGITS = 10;

type Expecting = 'open' | 'first-or-close' | 'string' | 'rest-of-string' | 'separator';

/** Reads `["…","…"]` and keeps nothing but where each string begins, and where the array ends. */
export class StringOffsetsReader implements ValueReader {
  done = false;
  /** Just behind the last string's closing quote. */
  endOffset = 0;
  private readonly offsets: StringOffsets;
  private readonly kernel: SnapshotKernel;
  private expecting: Expecting = 'open';
  private escaped = false;
  private readonly likelyPairs = new GrowingInts();

  constructor(offsets: StringOffsets, kernel: SnapshotKernel) {
    this.offsets = offsets;
    this.kernel = kernel;
    kernel.prepareStrings(PAIR.toString());
  }

  read(chunk: SnapshotChunk, from: number): number {
    let at = from;
    while (at < chunk.bytes.length && !this.done) {
      if (this.expecting === 'rest-of-string') at = this.readString(chunk, at);
      else this.takePunctuation(chunk, at++);
    }
    return at;
  }

  private readString(chunk: SnapshotChunk, from: number): number {
    const { bytes, byteOffset } = chunk;
    const end = bytes.length;
    let at = this.takeMany(chunk, this.escaped ? from + 1 : from);
    let escaped = false;
    while (at < end) {
      const byte = bytes[at++] as number;
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) {
        const next = bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
        if (bytes[at] !== COMMA || bytes[next] !== QUOTE || next >= end) {
          this.endOffset = byteOffset + at;
          this.expecting = 'separator';
          break;
        }
        at = next + 1;
        if (((bytes[at] as number) ^ ZERO) <= 9) this.notePair(bytes, at);
        this.offsets.add(byteOffset + at);
      }
    }
    this.escaped = escaped;
    return at;
  }

  /** The hot loop goes from string to string as V8 parts them. Returns a place within a string, or its closing quote. */
  private takeMany(chunk: SnapshotChunk, from: number): number {
    const { kernel, offsets, likelyPairs } = this;
    const { items, notes } = kernel;
    let at = from;
    for (;;) {
      const count = kernel.takeStrings(chunk, at);
      if (kernel.stoppedAt === at) return at;
      at = kernel.stoppedAt;
      for (let note = 0; note < kernel.noteCount; note++) {
        likelyPairs.push(offsets.count + (notes[note] as number));
      }
      const start = chunk.byteOffset + kernel.indexOf(0);
      for (let item = 0; item < count; item++) offsets.add(start + (items[item] as number));
    }
  }

  /** The strings that may be names of WeakMap entries: a few that are not are among them. */
  findLikelyPairs(): BitSet {
    const found = new BitSet(this.offsets.count);
    for (let at = 0; at < this.likelyPairs.length; at++) found.add(this.likelyPairs.get(at));
    return found;
  }

  /** Called where a string begins; one that the chunk cuts is likely. */
  private notePair(bytes: Buffer, from: number): void {
    let at = from;
    while (((bytes[at] as number) ^ ZERO) <= 9 && at < from + MOST_DIGITS) at++;
    const wasCut = at + PAIR.length > bytes.length;
    if (wasCut || (at > from && bytes.compare(PAIR, 0, PAIR.length, at, at + PAIR.length) === 0)) {
      this.likelyPairs.push(this.offsets.count);
    }
  }

  private takePunctuation(chunk: SnapshotChunk, at: number): void {
    const byte = chunk.bytes[at] as number;
    const { expecting } = this;
    if (isWhitespace(byte) && expecting !== 'open') return;
    if (byte === QUOTE && (expecting === 'string' || expecting === 'first-or-close')) {
      this.notePair(chunk.bytes, at + 1);
      this.offsets.add(chunk.byteOffset + at + 1);
      this.expecting = 'rest-of-string';
    } else if (byte === COMMA && expecting === 'separator') this.expecting = 'string';
    else if (byte === OPEN_ARRAY && expecting === 'open') this.expecting = 'first-or-close';
    else if (byte === CLOSE_ARRAY && (expecting === 'separator' || expecting === 'first-or-close')) {
      this.done = true;
    } else throw unexpectedByte(expecting === 'separator' ? '"," or "]"' : 'a string', chunk, at);
  }
}
