/** Strings per page: a page of V8's strings (at most 1024 characters of at most 6 bytes each) is far below 4 GiB. */
const PAGE_STRINGS = 1 << 14;
const PAGE_MASK = PAGE_STRINGS - 1;
const PAGE_SHIFT = 14;

/**
 * Where each string begins in the text: four bytes each, in pages, because nobody knows their number beforehand and a
 * growing array would need twice its size for a moment. Pages count from an offset of their own, beyond 4 GiB too.
 */
export class StringOffsets {
  count = 0;
  private readonly pages: Uint32Array[] = [];
  private readonly bases: number[] = [];

  /** The page of the string that comes next, for a loop that fills it itself. */
  add(byteOffset: number): void {
    const slot = this.count & PAGE_MASK;
    if (slot === 0) {
      this.pages.push(new Uint32Array(PAGE_STRINGS));
      this.bases.push(byteOffset);
    }
    const page = this.pages.length - 1;
    (this.pages[page] as Uint32Array)[slot] = byteOffset - (this.bases[page] as number);
    this.count++;
  }

  get(index: number): number {
    const page = index >>> PAGE_SHIFT;
    return (this.bases[page] as number) + ((this.pages[page] as Uint32Array)[index & PAGE_MASK] as number);
  }
}
