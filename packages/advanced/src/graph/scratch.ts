/**
 * Arrays of 32-bit integers that one step after the other may use. Memory of typed arrays comes back only with a
 * garbage collection, which a loop without allocations never triggers: using it again keeps the peak low.
 */
export class Scratch {
  private readonly length: number;
  private readonly free: Int32Array[] = [];

  /** All arrays have this length. */
  constructor(length: number) {
    this.length = length;
  }

  /** Its contents are what the last user left. */
  take(): Int32Array {
    return this.free.pop() ?? new Int32Array(this.length);
  }

  /** An array of any length, cut into as many as fit. */
  adopt({ buffer, byteOffset, length }: Int32Array): void {
    for (let from = 0; from + this.length <= length; from += this.length) {
      this.free.push(new Int32Array(buffer, byteOffset + from * Int32Array.BYTES_PER_ELEMENT, this.length));
    }
  }

  /** The caller must not use it any more. */
  give(...arrays: readonly Int32Array[]): void {
    this.free.push(...arrays);
  }
}
