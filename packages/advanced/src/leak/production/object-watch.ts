import type { WatchedObjects } from './leak-watch-event.js';

/** Under weak references 2000 of 2000 temporaries outlived two minor collections and died at the first major one (Node 20). */
const LEAST_MAJORS = 2;
const MAX_REASONS = 64;

interface Watched {
  readonly ref: WeakRef<object>;
  readonly sinceMs: number;
  readonly sinceMajors: number;
}

interface Entry {
  pending: Watched[];
  retained: Watched[];
  judged: number;
  letGoLate: number;
}

export interface ObjectWatchRules {
  /** How many objects of a reason are pending at a time, and how many that stay are remembered. */
  readonly capacity: number;
  /** So old an object is when it is judged. */
  readonly leastAgeMs: number;
}

/** With what tells a leak from objects that are held for a while. */
export interface ObjectRow extends WatchedObjects {
  /** In how many times between two major collections those were added that stay. */
  readonly spread: number;
  /** How many were judged to stay, and have gone since. */
  readonly letGoLate: number;
}

/**
 * Objects whose lifetime was declared over, held weakly. Bounded: what comes while `capacity` objects of a reason are
 * pending, or stay, is not watched.
 */
export class ObjectWatch {
  readonly #rules: ObjectWatchRules;
  readonly #entries = new Map<string, Entry>();
  #majors = 0;

  constructor(rules: ObjectWatchRules) {
    this.#rules = rules;
  }

  /** @returns whether there is room for the reason */
  add(object: object, reason: string, nowMs: number): boolean {
    const entry = this.#entryFor(reason);
    if (!entry) return false;
    if (entry.pending.length + entry.retained.length < this.#rules.capacity)
      entry.pending.push({ ref: new WeakRef(object), sinceMs: nowMs, sinceMajors: this.#majors });
    return true;
  }

  /** After a major collection: judges those that are due, and lets go of those that are gone. */
  judge(nowMs: number): void {
    this.#majors += 1;
    for (const entry of this.#entries.values()) {
      const stay = entry.retained.filter(isAlive);
      entry.letGoLate += entry.retained.length - stay.length;
      entry.retained = stay;
      const isDue = ({ sinceMs, sinceMajors }: Watched) =>
        this.#majors - sinceMajors >= LEAST_MAJORS && nowMs - sinceMs >= this.#rules.leastAgeMs;
      const due = entry.pending.filter(isDue);
      if (due.length === 0) continue;
      entry.pending = entry.pending.filter((one) => !isDue(one));
      entry.judged += due.length;
      entry.retained = [...stay, ...due.filter(isAlive)];
    }
  }

  rows(): ObjectRow[] {
    return [...this.#entries].map(([reason, { pending, retained, judged, letGoLate }]) => ({
      reason,
      retained: retained.length,
      judged,
      pending: pending.length,
      spread: new Set(retained.map(({ sinceMajors }) => sinceMajors)).size,
      letGoLate,
    }));
  }

  #entryFor(reason: string): Entry | null {
    let entry = this.#entries.get(reason);
    if (!entry && this.#entries.size < MAX_REASONS) {
      entry = { pending: [], retained: [], judged: 0, letGoLate: 0 };
      this.#entries.set(reason, entry);
    }
    return entry ?? null;
  }
}

function isAlive({ ref }: Watched): boolean {
  return ref.deref() !== undefined;
}
