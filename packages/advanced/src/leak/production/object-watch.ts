import type { WatchedObjects } from './leak-watch-event.js';

/** Under weak references 2000 of 2000 temporaries outlived two minor collections and died at the first major one (Node 20). */
const LEAST_MAJORS = 2;
const LEAST_AGE_MS = 5_000;
const MAX_REASONS = 64;

interface Pending {
  readonly ref: WeakRef<object>;
  readonly sinceMs: number;
  readonly sinceMajors: number;
}

interface Entry {
  pending: Pending[];
  retained: WeakRef<object>[];
  judged: number;
}

/**
 * Objects whose lifetime was declared over, held weakly. Bounded: what comes while `capacity` objects of a reason are
 * pending is not watched, and of those that stay `capacity` are remembered.
 */
export class ObjectWatch {
  readonly #capacity: number;
  readonly #entries = new Map<string, Entry>();
  #majors = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(object: object, reason: string, nowMs: number): void {
    const entry = this.#entryFor(reason);
    if (!entry || entry.pending.length >= this.#capacity) return;
    entry.pending.push({ ref: new WeakRef(object), sinceMs: nowMs, sinceMajors: this.#majors });
  }

  /** After a major collection: judges those that are due, and lets go of those that are gone. */
  judge(nowMs: number): void {
    this.#majors += 1;
    for (const entry of this.#entries.values()) {
      entry.retained = entry.retained.filter(isAlive);
      const isDue = ({ sinceMs, sinceMajors }: Pending) =>
        this.#majors - sinceMajors >= LEAST_MAJORS && nowMs - sinceMs >= LEAST_AGE_MS;
      const due = entry.pending.filter(isDue);
      if (due.length === 0) continue;
      entry.pending = entry.pending.filter((one) => !isDue(one));
      entry.judged += due.length;
      const alive = due.map(({ ref }) => ref).filter(isAlive);
      entry.retained = [...entry.retained, ...alive].slice(0, this.#capacity);
    }
  }

  rows(): WatchedObjects[] {
    return [...this.#entries].map(([reason, { pending, retained, judged }]) => ({
      reason,
      retained: retained.length,
      judged,
      pending: pending.length,
    }));
  }

  #entryFor(reason: string): Entry | null {
    let entry = this.#entries.get(reason);
    if (!entry && this.#entries.size < MAX_REASONS) {
      entry = { pending: [], retained: [], judged: 0 };
      this.#entries.set(reason, entry);
    }
    return entry ?? null;
  }
}

function isAlive(ref: WeakRef<object>): boolean {
  return ref.deref() !== undefined;
}
