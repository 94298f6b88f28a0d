import type { ThreadEvidence } from '../evidence.js';
import type { Confidence, LeakSuspect } from '../leak-report.js';
import { describeUnsettled } from './describe-unsettled.js';
import { judgeFloor, risesInSteps } from './judge-floor.js';
import type { UnsettledPattern } from './judge-growing.js';
import { type JudgedSite, judgeEachSite } from './judge-sites.js';
import { listGrowingTypes } from './judge-types.js';
import { isWritten } from './suspect-sites.js';

/** A site with so much of the dearest one's bytes, and too few samples to tell, does the same. */
const LEAST_SHARE = 0.25;

/** Types that grow must explain so much of what the floor of the heap rises by. */
const LEAST_EXPLAINED = 0.5;

/**
 * Memory that grows though nothing of it stays for good. Sites, the heap's floor and (where they were counted) types must
 * all say so; where types were not counted it is `low`. Never more than `medium`, because a load that goes on
 * rising would be the same for a while.
 */
export function judgeUnsettled(evidence: ThreadEvidence, sites: readonly JudgedSite[]): LeakSuspect | null {
  if (!sites.some(({ unsettled }) => unsettled !== null)) return null;
  const floor = judgeFloor(evidence, 'heapUsedBytes');
  const types = listGrowingTypes(evidence);
  const isCounted = evidence.types.length >= 3;
  const typesPerSecond = types.reduce((sum, { growthBytesPerSecond }) => sum + growthBytesPerSecond, 0);
  const isExplained = !floor || typesPerSecond >= floor.bytesPerSecond * LEAST_EXPLAINED;
  if (isCounted && (types.length === 0 || !isExplained)) return null;
  const confidence: Confidence = isCounted ? 'medium' : 'low';
  const suspectOf = (pattern: UnsettledPattern) => {
    const alike = sitesOf(pattern, evidence, sites);
    return alike.length === 0
      ? null
      : describeUnsettled({ pattern, confidence, types, sites: alike, evidence });
  };
  const backlog = floor ? suspectOf('backlog') : null;
  if (backlog && isCounted) return backlog;
  return (floor || risesInSteps(evidence) ? suspectOf('regrown') : null) ?? backlog;
}

/** Those that grow so, and beside what waits that which is as large and has too few samples to tell. */
function sitesOf(
  pattern: UnsettledPattern,
  evidence: ThreadEvidence,
  sites: readonly JudgedSite[],
): readonly JudgedSite[] {
  const dearest = sites.find(({ unsettled }) => unsettled === pattern);
  if (!dearest) return [];
  return judgeEachSite(evidence).filter(
    ({ site, unsettled, keptBytes }) =>
      isWritten(site.allocator) &&
      (unsettled === pattern ||
        (pattern === 'backlog' && unsettled === null && keptBytes >= dearest.keptBytes * LEAST_SHARE)),
  );
}
