/** The overlap of one piece of work with others. */
export interface Overlap {
  /** How many others were open at any moment since this one began. */
  count(): number;
  /** Takes it out of the count; twice is harmless. */
  end(): void;
}

/** Counts what overlaps: constant time and memory per piece, because only arrivals and those already there matter. */
export class OverlapCounter {
  private begunSoFar = 0;
  private openNow = 0;

  /** Begun and not ended. */
  get open(): number {
    return this.openNow;
  }

  begin(): Overlap {
    const openBefore = this.openNow++;
    const ordinal = ++this.begunSoFar;
    let ended = false;
    return {
      count: () => openBefore + this.begunSoFar - ordinal,
      end: () => {
        if (!ended) this.openNow--;
        ended = true;
      },
    };
  }
}
