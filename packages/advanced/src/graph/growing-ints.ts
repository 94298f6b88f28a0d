/** A list of 32-bit integers of unknown length: a quarter of what an array of numbers takes while it grows. */
export class GrowingInts {
  length = 0;
  private items = new Int32Array(1024);

  push(item: number): void {
    if (this.length === this.items.length) {
      const grown = new Int32Array(this.length * 2);
      grown.set(this.items);
      this.items = grown;
    }
    this.items[this.length++] = item;
  }

  get(index: number): number {
    return this.items[index] as number;
  }
}
