import type { Ticker } from '../sampler/ticker.js';

/** A ticker that ticks when it is told to. */
export interface ManualTicker extends Ticker {
  /** Ticks so often, once by default, for all that asked to be called. */
  tick(times?: number): void;
  /** The intervals that are being asked for at the moment, in milliseconds. */
  readonly intervalsMs: readonly number[];
}

/**
 * Time that stands still until a test moves it:
 *
 * ```ts
 * const ticker = manualTicker();
 * const context = new MemoryContext({ source, ticker });
 * ticker.tick(3); // three samples between the first and the last
 * ```
 */
export function manualTicker(): ManualTicker {
  const wanted = new Set<{ readonly intervalMs: number; readonly tick: () => void }>();
  return {
    every(intervalMs, tick) {
      const wish = { intervalMs, tick };
      wanted.add(wish);
      return {
        [Symbol.dispose]() {
          wanted.delete(wish);
        },
      };
    },
    tick(times = 1) {
      for (let i = 0; i < times; i++) for (const { tick } of [...wanted]) tick();
    },
    get intervalsMs() {
      return [...wanted].map(({ intervalMs }) => intervalMs);
    },
  };
}
