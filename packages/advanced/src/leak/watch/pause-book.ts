import { performance } from 'node:perf_hooks';
import type { PauseAccount } from '../evidence.js';

/** Counts how long the program stood still; latency of a busy main thread counts too, so it is an upper bound. */
export class PauseBook {
  lastMs = 0;
  #count = 0;
  #totalMs = 0;
  #longestMs = 0;

  async measure<T>(action: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const result = await action();
    this.record(performance.now() - startedAt);
    return result;
  }

  record(pauseMs: number): void {
    this.lastMs = pauseMs;
    this.#count += 1;
    this.#totalMs += pauseMs;
    this.#longestMs = Math.max(this.#longestMs, pauseMs);
  }

  get account(): PauseAccount {
    return { count: this.#count, totalMs: this.#totalMs, longestMs: this.#longestMs };
  }

  add(other: PauseAccount): PauseAccount {
    return {
      count: this.#count + other.count,
      totalMs: this.#totalMs + other.totalMs,
      longestMs: Math.max(this.#longestMs, other.longestMs),
    };
  }
}
