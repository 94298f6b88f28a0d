import { findAccumulations } from '../../explain/accumulations.js';
import { fingerprintOfPath } from '../../explain/path-fingerprint.js';
import { recommendUnsettled } from '../judge/recommend.js';
import type { LeakSuspect } from '../leak-report.js';
import { type ExplainedHeap, findPlaces, PATH_TAIL } from './leaking-places.js';

/** The suspect with the path to what holds most of what came since types were first read, where none of it stays for good. */
export function describeHolder(suspect: LeakSuspect, heap: ExplainedHeap): LeakSuspect {
  if (suspect.pattern === null || suspect.pattern === 'kept') return suspect;
  const { graph, paths, readAtId } = heap;
  const span = { settledFromId: readAtId, settledBeforeId: Number.POSITIVE_INFINITY };
  const accumulations = findAccumulations(graph, { paths, span });
  // Nothing older is left there to be looked for.
  const [place] = findPlaces({ ...heap, accumulations, beforeMs: 0 }, suspect.types);
  if (!place) return suspect;
  const { path, holder } = place;
  return {
    ...suspect,
    path,
    fingerprint: fingerprintOfPath(path.slice(-PATH_TAIL)),
    recommendation: recommendUnsettled(suspect.pattern, suspect.sites, holder),
    evidence: [...suspect.evidence, `Most of it is held by ${holder}.`],
  };
}
