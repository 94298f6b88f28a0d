import { inNobodysContext } from './nobodys-context.js';

/** What calls again and again. A parameter with a default, so that tests need no waiting. */
export interface Ticker {
  /** Calls `tick` every so many milliseconds until the result is disposed. Must not keep the process alive. */
  every(intervalMs: number, tick: () => void): Disposable;
}

/** Timers of this thread's event loop, which rest while the thread is busy. */
export const timerTicker: Ticker = {
  every(intervalMs, tick) {
    const timer = inNobodysContext(() => setInterval(tick, intervalMs).unref());
    return {
      [Symbol.dispose]() {
        clearInterval(timer);
      },
    };
  },
};
