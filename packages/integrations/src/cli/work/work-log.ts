interface Entry {
  readonly timeMs: number;
  readonly done: number;
}

const MAX_ENTRIES = 1024;

/** How many requests or calls had been done, over time. Bounded: when there are many, so many go that the others are about evenly spread. */
export class WorkLog {
  #entries: Entry[] = [];

  /** `done` counts from the beginning; times never go back. */
  record(timeMs: number, done: number): void {
    if (this.#entries.length === MAX_ENTRIES) this.#entries = spread(this.#entries, MAX_ENTRIES / 2);
    this.#entries.push({ timeMs, done });
  }

  get done(): number {
    return this.#entries.at(-1)?.done ?? 0;
  }

  /** How many were done in a span of time; null where the span is empty or nothing was. */
  perSecond(fromMs: number, toMs: number): number | null {
    const done = this.#doneAt(toMs) - this.#doneAt(fromMs);
    return toMs > fromMs && done > 0 ? done / ((toMs - fromMs) / 1000) : null;
  }

  /** Between two entries, on the line that joins them. */
  #doneAt(timeMs: number): number {
    const index = this.#entries.findIndex((entry) => entry.timeMs >= timeMs);
    if (index === -1) return this.done;
    const after = this.#entries[index];
    const before = this.#entries[index - 1] ?? { timeMs, done: 0 };
    if (!after || after.timeMs === before.timeMs) return after?.done ?? 0;
    const share = (timeMs - before.timeMs) / (after.timeMs - before.timeMs);
    return before.done + share * (after.done - before.done);
  }
}

/** At most so many gaps, and no two entries closer than a gap; the first one stays. */
function spread(entries: readonly Entry[], gaps: number): Entry[] {
  const leastGapMs = ((entries.at(-1)?.timeMs ?? 0) - (entries[0]?.timeMs ?? 0)) / gaps;
  let keptMs = Number.NEGATIVE_INFINITY;
  return entries.filter(({ timeMs }) => {
    const isKept = timeMs - keptMs >= leastGapMs;
    if (isKept) keptMs = timeMs;
    return isKept;
  });
}
