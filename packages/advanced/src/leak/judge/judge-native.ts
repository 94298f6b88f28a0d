import { formatBytes } from '@memx/core';
import type { RoundReading, ThreadEvidence } from '../evidence.js';
import type { LeakSuspect } from '../leak-report.js';
import { fingerprintOf } from './fingerprint.js';
import { judgeRise } from './judge-rise.js';
import { withoutOwnSteps } from './own-steps.js';

/** RSS moves by itself: V8's young generation, free lists of the allocator, code. So the demand is high. */
const LEAST_GROWN_BYTES = 16 * 2 ** 20;
const LEAST_ROUNDS = 16;
const LEAST_WATCH_MS = 15_000;

/**
 * Resident memory that rises steadily and that neither V8's heap nor what it holds outside explains. Never more than
 * `low`: who has it cannot be known from within JavaScript.
 */
export function judgeNative({ rounds, typesReadMs, thread }: ThreadEvidence): LeakSuspect | null {
  const watchedMs = (rounds.at(-1)?.timeMs ?? 0) - (rounds[0]?.timeMs ?? 0);
  if (thread !== 0 || rounds.length < LEAST_ROUNDS || watchedMs < LEAST_WATCH_MS) return null;
  const timesMs = rounds.map(({ timeMs }) => timeMs);
  const rises = UNEXPLAINED.map((unexplained) =>
    judgeRise(
      withoutOwnSteps({ timesMs, values: rounds.map(unexplained) }, { rounds, typesReadMs }),
      LEAST_GROWN_BYTES,
    ),
  );
  const rise = rises.reduce((least, other) =>
    least && other && other.grown < least.grown ? other : other && least,
  );
  if (!rise) return null;
  const type = '(native memory)';
  return {
    thread,
    memory: 'native',
    pattern: null,
    confidence: 'low',
    type,
    growthBytesPerSecond: rise.perSecond,
    growthInstancesPerSecond: null,
    types: [],
    sites: [],
    path: null,
    carries: null,
    fingerprint: fingerprintOf(type, undefined),
    recommendation:
      'Look at native addons, at handles of zlib, crypto or databases that are never closed, and at memory that the allocator does not give back (MALLOC_ARENA_MAX=2, or another allocator, shows the difference).',
    evidence: [
      `Resident memory (RSS) rose by ${formatBytes(rise.grown)} more than V8's heap and external memory, steadily.`,
      'That is known of the process as a whole; who allocated it is not, for native code does not tell.',
    ],
  };
}

/**
 * Memory of WebAssembly is external on Node 20 to 24 and beside it on 26, and what V8 has for the heap and does not use may be resident
 * or not: what is native rises however they are counted.
 */
const UNEXPLAINED: readonly ((round: RoundReading) => number)[] = [
  ({ rssBytes, heapUsedBytes, externalBytes }) => rssBytes - heapUsedBytes - externalBytes,
  ({ rssBytes, heapUsedBytes, externalBytes, wasmBytes }) =>
    rssBytes - heapUsedBytes - externalBytes - wasmBytes,
  ({ rssBytes, heapUsedBytes, heapFreeBytes, externalBytes }) =>
    rssBytes - heapUsedBytes - heapFreeBytes - externalBytes,
];
