import { steadyRise } from './steady-rise.js';

/** A number that was read again and again. */
export interface Series {
  readonly timesMs: readonly number[];
  readonly values: readonly number[];
}

/** A steady rise after the warm-up. */
export interface Rise {
  readonly perSecond: number;
  /** From the warm-up's end to the last reading. */
  readonly grown: number;
}

const WARM_UP_SHARE = 0.25;
const LEAST_ROUNDS = 6;

/** Whether a series rises beyond chance, by at least so much, and in the last half of the watch as in the first. */
export function judgeRise({ timesMs, values }: Series, leastGrown: number): Rise | null {
  const firstMs = timesMs[0] ?? 0;
  const warmMs = firstMs + ((timesMs.at(-1) ?? 0) - firstMs) * WARM_UP_SHARE;
  const warmUp = timesMs.findIndex((timeMs) => timeMs >= warmMs);
  const warm = values.slice(warmUp);
  if (warm.length < LEAST_ROUNDS) return null;
  const grown = (warm.at(-1) ?? 0) - (warm[0] ?? 0);
  if (grown < leastGrown) return null;
  const seconds = timesMs.slice(warmUp).map((timeMs) => timeMs / 1000);
  const perSecond = steadyRise(seconds, warm);
  return perSecond === null ? null : { perSecond, grown };
}
