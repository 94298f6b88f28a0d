import type { ThreadEvidence } from '../evidence.js';
import { judgeRise } from './judge-rise.js';
import { withoutOwnSteps } from './own-steps.js';

/** Memory that rises from one full collection to the next. */
export interface FloorGrowth {
  readonly bytesPerSecond: number;
  readonly grownBytes: number;
}

/** Less than this is no growth: buffers are pooled and windowed, code is compiled and dropped. */
const LEAST_GROWN_BYTES = { heapUsedBytes: 128 * 1024, externalBytes: 2 ** 20, wasmBytes: 2 ** 20 } as const;

/** Whether the floor of a metric rises: after every collection, and in the last half of the watch as in the first. */
export function judgeFloor(
  evidence: Pick<ThreadEvidence, 'rounds' | 'types'>,
  metric: keyof typeof LEAST_GROWN_BYTES,
): FloorGrowth | null {
  const values = evidence.rounds.map((round) => round[metric]);
  const series = {
    timesMs: evidence.rounds.map(({ activeMs }) => activeMs),
    values: metric === 'heapUsedBytes' ? withoutOwnSteps(values, evidence) : values,
  };
  const rise = judgeRise(series, LEAST_GROWN_BYTES[metric]);
  return rise && { bytesPerSecond: rise.perSecond, grownBytes: rise.grown };
}
