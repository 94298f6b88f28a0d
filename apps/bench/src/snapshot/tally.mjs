const EXAMPLES = 3;

/** Counts what was compared, what was equal, and what differed for which reason; keeps the first examples of the rest. */
export class Tally {
  /** @type {Map<string, { compared: number, explained: Map<string, number>, unexplained: number, examples: string[] }>} */
  checks = new Map();

  /**
   * @param {string} check what is compared
   * @param {unknown} ours
   * @param {unknown} theirs
   * @param {{ where: () => string, explain?: () => string | undefined }} about `explain` names why they may differ here
   */
  compare(check, ours, theirs, { where, explain = () => undefined }) {
    const entry = this.#entryOf(check);
    entry.compared++;
    if (Object.is(ours, theirs)) return;
    const reason = explain();
    if (reason) entry.explained.set(reason, (entry.explained.get(reason) ?? 0) + 1);
    else {
      entry.unexplained++;
      if (entry.examples.length < EXAMPLES) entry.examples.push(`${where()}: ${ours}, DevTools ${theirs}`);
    }
  }

  /** Adds the counts of another one. @param {Tally} other */
  add(other) {
    for (const [check, { compared, explained, unexplained, examples }] of other.checks) {
      const entry = this.#entryOf(check);
      entry.compared += compared;
      entry.unexplained += unexplained;
      entry.examples.push(...examples.slice(0, EXAMPLES - entry.examples.length));
      for (const [reason, count] of explained)
        entry.explained.set(reason, (entry.explained.get(reason) ?? 0) + count);
    }
  }

  get unexplained() {
    return [...this.checks.values()].reduce((sum, { unexplained }) => sum + unexplained, 0);
  }

  #entryOf(check) {
    if (!this.checks.has(check))
      this.checks.set(check, { compared: 0, explained: new Map(), unexplained: 0, examples: [] });
    return this.checks.get(check);
  }
}
