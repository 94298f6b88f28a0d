import type { RoundReading } from '../evidence.js';
import { steadyRise } from './steady-rise.js';

/** Memory that rises from one full collection to the next. */
export interface FloorGrowth {
  readonly bytesPerSecond: number;
  readonly grownBytes: number;
}

/** Less than this is no growth: buffers are pooled and windowed, code is compiled and dropped. */
const LEAST_GROWN_BYTES = { heapUsedBytes: 128 * 1024, externalBytes: 2 ** 20 } as const;
const WARM_UP_SHARE = 0.25;
const LEAST_ROUNDS = 6;

/**
 * Whether the floor of a metric rises: after every collection, and in the last half of the watch as in the first.
 * Memory outside V8's heap (array buffers, WebAssembly, streams) has no other witness.
 */
export function judgeFloor(
  rounds: readonly RoundReading[],
  metric: keyof typeof LEAST_GROWN_BYTES,
): FloorGrowth | null {
  const warm = rounds.slice(Math.floor(rounds.length * WARM_UP_SHARE));
  if (warm.length < LEAST_ROUNDS) return null;
  const values = warm.map((round) => round[metric]);
  const seconds = warm.map(({ timeMs }) => timeMs / 1000);
  const grownBytes = (values.at(-1) ?? 0) - (values[0] ?? 0);
  if (grownBytes < LEAST_GROWN_BYTES[metric]) return null;
  const bytesPerSecond = steadyRise(seconds, values);
  return bytesPerSecond === null ? null : { bytesPerSecond, grownBytes };
}
