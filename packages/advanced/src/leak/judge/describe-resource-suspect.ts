import { allocatorOf, ownCallerOf } from '../../allocation/allocation-site.js';
import type { StackFrame } from '../../allocation/stack-frame.js';
import type { OpenedBy } from '../../resources/opened-resource.js';
import type { Confidence, LeakSuspect, SuspectSite } from '../leak-report.js';
import { fingerprintOf } from './fingerprint.js';
import type { ResourceRise } from './judge-resources.js';
import { nameFunction } from './name-function.js';
import { FrameSums, isWritten, toSuspectSites } from './suspect-sites.js';

/** So many more than the least that counts are no chance, when who opens them is known. */
const SURE_TIMES = 2;

/** Resources that nothing on the heap tells of, or null where a busier service would have as many. */
export function describeResourceSuspect(found: ResourceRise, thread: number): LeakSuspect | null {
  const { kind, rise, openings } = found;
  const sites = listOpeners(openings);
  const own = openings.find(({ frames }) => frames.some(isWritten));
  if (!kind.standsAlone && !own) return null;
  return {
    thread,
    memory: 'resource',
    pattern: null,
    confidence: judgeConfidence(found),
    type: kind.type,
    growthBytesPerSecond: 0,
    growthInstancesPerSecond: rise.perSecond,
    types: [],
    sites,
    path: null,
    carries: null,
    fingerprint: fingerprintOf(kind.type, sites[0] && ownOrFirst(openings)),
    recommendation: sites[0]
      ? `${nameFunction(sites[0])} opens what stays open. ${kind.advice}`
      : kind.advice,
    evidence: [
      describeRise(found),
      ...(own ? [`${Math.round(own.count)} of them were opened by one call and are open.`] : []),
    ],
  };
}

/** For the evidence of a suspect whose objects are these resources. */
export function describeRise({ kind, rise }: ResourceRise): string {
  return `${Math.round(rise.grown)} more ${kind.plural} than after the start, in the second half of the watch as in the first.`;
}

function judgeConfidence({ kind, rise, openings }: ResourceRise): Confidence {
  const known = openings.filter(({ frames }) => frames.some(isWritten));
  const told = known.reduce((total, { count }) => total + count, 0);
  return told >= rise.grown / 2 && rise.grown >= SURE_TIMES * kind.leastMore ? 'high' : 'medium';
}

function ownOrFirst(openings: readonly OpenedBy[]): StackFrame | undefined {
  const [first] = openings;
  return (first && allocatorOf(first.frames)) ?? undefined;
}

/** The functions that opened, and the program's own that called them: `sizeBytes` is 0, for what they hold is no memory. */
export function listOpeners(openings: readonly OpenedBy[]): SuspectSite[] {
  const sums = new FrameSums();
  for (const { frames } of openings) {
    const [opener, caller] = [allocatorOf(frames), ownCallerOf(frames)];
    if (opener) sums.add({ frame: opener, sizeBytes: 0, allocates: true, calls: false });
    if (caller && caller !== opener) sums.add({ frame: caller, sizeBytes: 0, allocates: false, calls: true });
  }
  return sums.all().flatMap(toSuspectSites);
}
