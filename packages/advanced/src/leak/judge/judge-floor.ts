import { mannKendall } from '@memx/core';
import type { ThreadEvidence } from '../evidence.js';
import { judgeRise, type Series } from './judge-rise.js';
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
  evidence: Pick<ThreadEvidence, 'rounds' | 'typesReadMs'>,
  metric: keyof typeof LEAST_GROWN_BYTES,
): FloorGrowth | null {
  const series = seriesOf(evidence, metric);
  const rise = judgeRise(
    metric === 'heapUsedBytes' ? withoutOwnSteps(series, evidence) : series,
    LEAST_GROWN_BYTES[metric],
  );
  return rise && { bytesPerSecond: rise.perSecond, grownBytes: rise.grown };
}

/** More than code and feedback grow by in a quarter of a minute. */
const LEAST_STEPS_BYTES = 256 * 1024;
const LEAST_CERTAINTY = 0.01;

/**
 * Whether the heap's floor rises, if only in few and ever larger steps, as with a list or table that is copied to a larger one each
 * time it is full.
 */
export function risesInSteps(evidence: Pick<ThreadEvidence, 'rounds' | 'typesReadMs'>): boolean {
  const { values: floor } = withoutOwnSteps(seriesOf(evidence, 'heapUsedBytes'), evidence);
  const later = floor.slice(Math.floor(floor.length / 2));
  const { z, p } = mannKendall(floor);
  return z > 0 && p <= LEAST_CERTAINTY && (later.at(-1) ?? 0) - (later[0] ?? 0) >= LEAST_STEPS_BYTES;
}

function seriesOf(
  { rounds }: Pick<ThreadEvidence, 'rounds'>,
  metric: keyof typeof LEAST_GROWN_BYTES,
): Series {
  return {
    timesMs: rounds.map(({ activeMs }) => activeMs),
    values: rounds.map((round) => round[metric]),
  };
}
