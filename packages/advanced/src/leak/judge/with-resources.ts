import type { ThreadEvidence } from '../evidence.js';
import type { LeakSuspect } from '../leak-report.js';
import { describeResourceSuspect, describeRise } from './describe-resource-suspect.js';
import { judgeResources, type ResourceRise } from './judge-resources.js';

/** Resources that rise are told with the suspect whose objects they are; those that no object tells of are suspects themselves. */
export function withResources(
  suspects: readonly LeakSuspect[],
  evidence: Pick<ThreadEvidence, 'rounds' | 'openings' | 'thread'>,
): LeakSuspect[] {
  const rises = judgeResources(evidence);
  const isTold = ({ kind }: ResourceRise, { types, confidence }: LeakSuspect) =>
    confidence !== 'low' && types.some(({ type }) => kind.heapTypes.test(type));
  const told = suspects.map((suspect) => {
    const own = rises.filter((rise) => isTold(rise, suspect));
    return own.length === 0
      ? suspect
      : { ...suspect, evidence: [...suspect.evidence, ...own.map(describeRise)] };
  });
  const untold = rises.filter((rise) => !suspects.some((suspect) => isTold(rise, suspect)));
  return [...told, ...untold.flatMap((rise) => describeResourceSuspect(rise, evidence.thread) ?? [])];
}
