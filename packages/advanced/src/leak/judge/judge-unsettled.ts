import type { ThreadEvidence } from '../evidence.js';
import type { LeakSuspect } from '../leak-report.js';
import { describeUnsettled } from './describe-unsettled.js';
import { judgeFloor, risesInSteps } from './judge-floor.js';
import { type JudgedSite, judgeEachSite } from './judge-sites.js';
import { listGrowingTypes } from './judge-types.js';
import { isWritten } from './suspect-sites.js';

/** A site with so much of the dearest one's bytes, and too few samples to tell, does the same. */
const LEAST_SHARE = 0.25;

/**
 * Memory that grows though nothing of it stays for good. Sites, the heap's floor and (where they were counted) types must
 * all say so; a backlog that types were not counted of is `low`. Never more than `medium`, because a load that goes on rising would be the same for a while.
 */
export function judgeUnsettled(evidence: ThreadEvidence, sites: readonly JudgedSite[]): LeakSuspect | null {
  const growing = sites.filter(({ unsettled }) => unsettled !== null);
  const pattern = growing[0]?.unsettled ?? null;
  if (pattern === null) return null;
  if (judgeFloor(evidence, 'heapUsedBytes') === null && !risesInSteps(evidence)) return null;
  const types = listGrowingTypes(evidence);
  const isCounted = evidence.types.length >= 3;
  if (isCounted && types.length === 0) return null;
  const least = (growing[0]?.keptBytes ?? 0) * LEAST_SHARE;
  const alike = judgeEachSite(evidence).filter(
    ({ site, unsettled, keptBytes }) =>
      isWritten(site.allocator) && (unsettled === pattern || (unsettled === null && keptBytes >= least)),
  );
  const confidence = isCounted || pattern === 'regrown' ? 'medium' : 'low';
  return describeUnsettled({ pattern, confidence, types, sites: alike, evidence });
}
