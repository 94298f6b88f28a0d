import { performance } from 'node:perf_hooks';
import { setTimeout as delay, setImmediate as nextLoop } from 'node:timers/promises';

/** So long may work without waits keep the event loop from its timers and from V8's heap snapshots (Node 22–26). */
const MAX_WITHOUT_YIELD_MS = 10;

/**
 * Hands out turns, so many a second. Turns that were missed (a pause, slow work) are made up for only when it is asked
 * for: the others come without bursts.
 */
export class Pace {
  readonly #gapMs: number;
  readonly #makesUp: boolean;
  #nextAt = performance.now();
  #yieldedAt = performance.now();

  constructor(perSecond: number, { makesUp = false }: { readonly makesUp?: boolean } = {}) {
    this.#makesUp = makesUp;
    this.#gapMs = 1000 / perSecond;
  }

  /** Resolves when the caller's turn has come; at once when the signal aborts. */
  async turn(signal?: AbortSignal): Promise<void> {
    const now = performance.now();
    const turnAt = Math.max(now, this.#nextAt);
    this.#nextAt = (this.#makesUp ? this.#nextAt : turnAt) + this.#gapMs;
    if (turnAt - now >= 1) await delay(turnAt - now, undefined, { signal }).catch(() => {});
    else if (now - this.#yieldedAt >= MAX_WITHOUT_YIELD_MS) await nextLoop();
    else return;
    this.#yieldedAt = performance.now();
  }
}
