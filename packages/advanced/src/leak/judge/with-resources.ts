import type { ThreadEvidence } from '../evidence.js';
import type { LeakSuspect } from '../leak-report.js';
import { describeResourceSuspect, describeRise, listOpeners } from './describe-resource-suspect.js';
import { judgeResources, type ResourceRise } from './judge-resources.js';
import { surer } from './sureness.js';

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
    return own.length === 0 ? suspect : tellRises(suspect, own);
  });
  const untold = rises.filter((rise) => !suspects.some((suspect) => isTold(rise, suspect)));
  return [...told, ...untold.flatMap((rise) => describeResourceSuspect(rise, evidence.thread) ?? [])];
}

/**
 * The objects of a resource are often made by Node alone, in a turn of its own: who opened it says more. It is as sure as
 * it would be without its objects.
 */
function tellRises(suspect: LeakSuspect, rises: readonly ResourceRise[]): LeakSuspect {
  const known = new Set(suspect.sites.map(({ filename, line }) => `${filename}:${line}`));
  const openers = rises
    .flatMap(({ openings }) => listOpeners(openings))
    .filter(({ filename, line }) => !known.has(`${filename}:${line}`));
  return {
    ...suspect,
    sites: [...suspect.sites, ...openers],
    confidence: rises.reduce(
      (sure, rise) => surer(sure, describeResourceSuspect(rise, suspect.thread)?.confidence ?? sure),
      suspect.confidence,
    ),
    evidence: [...suspect.evidence, ...rises.map(describeRise)],
  };
}
