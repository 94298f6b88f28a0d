import { mannKendall, theilSen } from '@memx/core';
import type { RoundReading } from './evidence.js';

export interface ExternalGrowth {
  readonly bytesPerSecond: number;
  readonly grownBytes: number;
}

/** Buffers and the like are pooled and windowed; less than this is no growth. */
const LEAST_GROWN_BYTES = 2 ** 20;
const WARM_UP_SHARE = 0.25;
const LEAST_ROUNDS = 8;
const LEAST_STEADINESS = 0.4;
const LEAST_CERTAINTY = 0.01;

/**
 * Memory outside V8's heap (array buffers, WebAssembly, streams) has no type and no allocation site. It leaks when it
 * rises after every collection, and in the last half as it did in the first.
 */
export function judgeExternal(rounds: readonly RoundReading[]): ExternalGrowth | null {
  const warm = rounds.slice(Math.floor(rounds.length * WARM_UP_SHARE));
  if (warm.length < LEAST_ROUNDS) return null;
  const middle = Math.floor(warm.length / 2);
  const whole = slopeOf(warm);
  const halves = [slopeOf(warm.slice(0, middle)), slopeOf(warm.slice(middle))] as const;
  const grownBytes = (warm.at(-1)?.externalBytes ?? 0) - (warm[0]?.externalBytes ?? 0);
  const rises = mannKendall(warm.map(({ externalBytes }) => externalBytes));
  const steady = halves.every((slope) => slope > 0 && slope >= whole * LEAST_STEADINESS);
  if (grownBytes < LEAST_GROWN_BYTES || rises.z <= 0 || rises.p > LEAST_CERTAINTY || !steady) return null;
  return { bytesPerSecond: whole, grownBytes };
}

/** Theil–Sen, in bytes per second. */
function slopeOf(rounds: readonly RoundReading[]): number {
  const line = theilSen(
    rounds.map(({ timeMs }) => timeMs / 1000),
    rounds.map(({ externalBytes }) => externalBytes),
  );
  return line?.slope ?? 0;
}
