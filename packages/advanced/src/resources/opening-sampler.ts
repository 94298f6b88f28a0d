/** Reading a stack takes 10–100 µs: so many a reading of the watch (about one a second). */
const STACKS_PER_READING = 200;

/** Chooses which openings have their stack read: all, unless there are very many. */
export class OpeningSampler {
  #seen = 0;
  /** A power of two, so that there are few different ones. */
  #weight = 1;

  /** How many openings this one stands for; 0 when it is passed over. */
  weigh(): number {
    this.#seen += 1;
    return this.#weight === 1 || Math.random() * this.#weight < 1 ? this.#weight : 0;
  }

  /** From now on as many as were seen since the last call are expected. */
  adjust(): void {
    this.#weight = 2 ** Math.max(0, Math.ceil(Math.log2(this.#seen / STACKS_PER_READING)));
    this.#seen = 0;
  }
}
