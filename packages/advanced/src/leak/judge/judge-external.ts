import type { RoundReading, ThreadEvidence } from '../evidence.js';
import type { Confidence, LeakSuspect } from '../leak-report.js';
import { describeExternalSuspect } from './describe-external-suspect.js';
import { type FloorGrowth, judgeFloor } from './judge-floor.js';
import { judgeRise } from './judge-rise.js';
import { type JudgedSite, judgeSites } from './judge-sites.js';

/** Without a floor that rises, less than this is a pool or a window that goes with the load. */
const LEAST_BYTES_ALONE = 2 ** 20;
const LEAST_SURVIVORS_ALONE = 12;
/** Where nothing but the floor can be known, this much is no chance. */
const SURE_BYTES = 8 * 2 ** 20;

/**
 * Whether memory outside V8's heap leaks. Two witnesses: its floor, which Node counts, and the birth cohorts of sampled
 * buffers. Both make `high`, one alone `medium` at most. What Node does not count (shared memory; on Node 26 that of
 * WebAssembly) has a floor in what memx saw of it.
 */
export function judgeExternal(evidence: ThreadEvidence): LeakSuspect | null {
  const { rounds, externalSites, thread } = evidence;
  const sites = judgeSites({ sites: externalSites ?? [], rounds });
  const leaking = sites.filter(({ verdict }) => verdict.kind === 'leak');
  const counted = larger(judgeFloor(evidence, 'externalBytes'), judgeFloor(evidence, 'wasmBytes'));
  const seen = leaking.length > 0 ? judgeSeenBytes(leaking, rounds) : null;
  const growth = counted ?? seen;
  if (!growth) return null;
  const confidence = judgeConfidence({ counted, leaking, isSampled: externalSites !== null });
  return describeExternalSuspect({ thread, confidence, growth, isCounted: counted !== null, sites });
}

/** Memory of WebAssembly is a part of what is external, but for Node 26: their sum may count it twice. */
function larger(a: FloorGrowth | null, b: FloorGrowth | null): FloorGrowth | null {
  return a && b ? (b.grownBytes > a.grownBytes ? b : a) : (a ?? b);
}

function judgeConfidence(witnesses: {
  readonly counted: FloorGrowth | null;
  readonly leaking: readonly JudgedSite[];
  readonly isSampled: boolean;
}): Confidence {
  const { counted, leaking, isSampled } = witnesses;
  if (counted && leaking.length > 0) return 'high';
  if (counted) return !isSampled && counted.grownBytes > SURE_BYTES ? 'high' : 'medium';
  const survivors = leaking.map(({ verdict }) => ('survivors' in verdict ? verdict.survivors : 0));
  return Math.max(0, ...survivors) >= LEAST_SURVIVORS_ALONE ? 'medium' : 'low';
}

/** The floor of what leaking sites hold, as sampled: estimated bytes. */
function judgeSeenBytes(leaking: readonly JudgedSite[], rounds: readonly RoundReading[]): FloorGrowth | null {
  const values = rounds.map((_, round) =>
    leaking.reduce((total, { site }) => total + (site.liveBytes[round] ?? 0), 0),
  );
  const rise = judgeRise({ timesMs: rounds.map(({ timeMs }) => timeMs), values }, LEAST_BYTES_ALONE);
  return rise && { bytesPerSecond: rise.perSecond, grownBytes: rise.grown };
}
