/** Reading a stack takes 10–100 µs: so many a reading of the watch (about one a second). */
const STACKS_PER_READING = 200;

/** Chooses which openings have their stack read: all, unless there are very many. */
export class OpeningSampler {
  #seen = 0;
  #probability = 1;

  /** How many openings this one stands for; 0 when it is passed over. */
  weigh(): number {
    this.#seen += 1;
    return Math.random() < this.#probability ? 1 / this.#probability : 0;
  }

  /** From now on as many as were seen since the last call are expected. */
  adjust(): void {
    this.#probability = Math.min(1, STACKS_PER_READING / Math.max(1, this.#seen));
    this.#seen = 0;
  }
}
