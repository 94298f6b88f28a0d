import { createHmac } from 'node:crypto';

/** So many hex digits: 64 bits, of which ten million texts share one with a chance of 1 in 370,000. */
const DIGITS = 16;

/**
 * Stands for a value: the same text and salt always give the same stand-in, and nobody without the salt can try texts.
 * HMAC-SHA-256, cut.
 */
export class ValueHash {
  private readonly salt: Uint8Array;

  constructor(salt: Uint8Array) {
    this.salt = salt;
  }

  /** `h:3f9a1c…` for a text as it stands in the snapshot; ASCII, needs no escapes. The empty text stays. */
  ofText(text: Uint8Array | string): string {
    return text.length === 0
      ? ''
      : `h:${createHmac('sha256', this.salt).update(text).digest('hex').slice(0, DIGITS)}`;
  }

  /** A number of 31 bits in place of a number that is data. */
  ofIndex(index: number): number {
    return createHmac('sha256', this.salt).update(`index ${index}`).digest().readUInt32LE() >>> 1;
  }

  /** Tells whether two files were redacted with the same salt, and nothing else. */
  get fingerprint(): string {
    return createHmac('sha256', this.salt).update('memx salt').digest('hex').slice(0, DIGITS);
  }
}
