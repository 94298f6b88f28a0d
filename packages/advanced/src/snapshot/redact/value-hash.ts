import { hash } from 'node:crypto';
import type { ByteSpan } from './byte-reader.js';

/** So many hex digits: 64 bits, of which ten million texts share one with a chance of 1 in 370,000. */
const DIGITS = 16;
const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const ALGORITHM = 'sha256';

/**
 * Stands for a value: the same text and salt always give the same stand-in, and nobody without the salt can try texts.
 * HMAC-SHA-256 (RFC 2104), cut.
 *
 * Made of two plain hashes over buffers that are used again: `createHmac` leaves an object of OpenSSL's behind for each
 * text until the next collection, and takes 2.0 µs in place of 1.1 (Node 20.20 and 26.10).
 */
export class ValueHash {
  private inner = Buffer.alloc(8 * 1024);
  private readonly outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);

  constructor(salt: Uint8Array) {
    const key = salt.length > BLOCK_BYTES ? hash(ALGORITHM, salt, 'buffer') : salt;
    for (let at = 0; at < BLOCK_BYTES; at++) {
      this.inner[at] = (key[at] ?? 0) ^ 0x36;
      this.outer[at] = (key[at] ?? 0) ^ 0x5c;
    }
  }

  /** `h:3f9a1c…` for a text as it stands in the snapshot, each byte a character; ASCII, needs no escapes. The empty text stays. */
  ofText(text: string): string {
    if (text.length === 0) return '';
    return `h:${this.digest(this.put(text))}`;
  }

  /** {@link ofText} of the text in these bytes. */
  ofBytes({ bytes, start, end }: ByteSpan): string {
    if (start === end) return '';
    this.makeRoom(end - start);
    bytes.copy(this.inner, BLOCK_BYTES, start, end);
    return `h:${this.digest(end - start)}`;
  }

  /** A number of 31 bits in place of a number that is data. */
  ofIndex(index: number): number {
    const first = this.digest(this.put(`index ${index}`));
    return Buffer.from(first.slice(0, 8), 'hex').readUInt32LE() >>> 1;
  }

  /** Tells whether two files were redacted with the same salt, and nothing else. */
  get fingerprint(): string {
    return this.digest(this.put('memx salt'));
  }

  private put(text: string): number {
    this.makeRoom(text.length);
    return this.inner.write(text, BLOCK_BYTES, 'latin1');
  }

  private makeRoom(length: number): void {
    if (BLOCK_BYTES + length <= this.inner.length) return;
    const larger = Buffer.alloc(2 * (BLOCK_BYTES + length));
    this.inner.copy(larger, 0, 0, BLOCK_BYTES);
    this.inner = larger;
  }

  /** Of so many bytes behind the block of the key. */
  private digest(length: number): string {
    // As a string of bytes: half the time of a new buffer.
    const digest = hash(ALGORITHM, this.inner.subarray(0, BLOCK_BYTES + length), 'binary');
    this.outer.write(digest, BLOCK_BYTES, 'latin1');
    return hash(ALGORITHM, this.outer, 'hex').slice(0, DIGITS);
  }
}
