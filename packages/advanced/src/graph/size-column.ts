/** Where the low 32 bits end. */
const WRAP = 2 ** 32;

/**
 * A size in bytes per node: 32 bits each, and a side table for the few that need more (a 5 GiB ArrayBuffer, all that
 * the root retains). Eight-byte columns would cost 28 MB more on a snapshot of seven million nodes.
 */
export class SizeColumn {
  /** The sizes modulo 2^32. */
  readonly low: Uint32Array;
  private readonly large = new Map<number, number>();

  constructor(low: Uint32Array) {
    this.low = low;
  }

  get(node: number): number {
    const low = this.low[node] as number;
    return this.large.size === 0 ? low : (this.large.get(node) ?? low);
  }

  set(node: number, sizeBytes: number): void {
    this.low[node] = sizeBytes;
    if (sizeBytes >= WRAP) this.large.set(node, sizeBytes);
    else if (this.large.size > 0) this.large.delete(node);
  }

  /** The nodes of 4 GiB and more. */
  get largeNodes(): Iterable<number> {
    return this.large.keys();
  }
}
