import type { LeakReport, LeakSuspect } from '../leak-report.js';

const LEAST_ROUNDS = 5;
/** Of the time that it took to see the leak: the same warm-up is then a third less of what was seen. */
const LEAST_SHARE = 0.5;

interface Streak {
  readonly sinceMs: number;
  readonly rounds: number;
}

/**
 * Whether a leak is beyond doubt: both witnesses (`high`) have named the same thread and kind of memory in each of five
 * successive rounds or more, for half as long again as the watch took to hear both.
 */
export class SureVerdict {
  #streaks = new Map<string, Streak>();
  #sureAtMs: number | null = null;

  /** @returns from when on it is; null while it is not */
  update({ suspects, durationMs }: Pick<LeakReport, 'suspects' | 'durationMs'>): number | null {
    const sure = suspects.filter(({ confidence }) => confidence === 'high');
    this.#streaks = new Map(
      sure.map((suspect) => {
        const { sinceMs = durationMs, rounds = 0 } = this.#streaks.get(keyOf(suspect)) ?? {};
        return [keyOf(suspect), { sinceMs, rounds: rounds + 1 }];
      }),
    );
    const isSure = [...this.#streaks.values()].some(
      ({ sinceMs, rounds }) => rounds >= LEAST_ROUNDS && durationMs >= sinceMs * (1 + LEAST_SHARE),
    );
    this.#sureAtMs = isSure ? (this.#sureAtMs ?? durationMs) : null;
    return this.#sureAtMs;
  }
}

function keyOf({ thread, memory }: LeakSuspect): string {
  return `${thread} ${memory}`;
}
