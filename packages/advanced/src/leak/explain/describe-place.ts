import { formatBytes } from '@memx/core';
import { fingerprintOfPath } from '../../explain/path-fingerprint.js';
import type { NodeKind } from '../../snapshot/node-naming.js';
import type { ThreadEvidence } from '../evidence.js';
import { headlineType } from '../judge/headline-type.js';
import { judgeSites } from '../judge/judge-sites.js';
import { nameFunction } from '../judge/name-function.js';
import { recommend } from '../judge/recommend.js';
import { listSuspectSites } from '../judge/suspect-sites.js';
import type { LeakSuspect, SuspectSite, TypeGrowth } from '../leak-report.js';
import { type LeakingPlace, PATH_TAIL } from './leaking-places.js';

interface PlaceOptions {
  readonly place: LeakingPlace;
  /** All places of the suspect. */
  readonly places: readonly LeakingPlace[];
  readonly thread: ThreadEvidence;
  /** Between these two readings the objects of the places were born. */
  readonly bornFromMs: number;
  readonly bornBeforeMs: number;
}

/** The suspect as the leak of one place. */
export function describePlace(
  suspect: LeakSuspect,
  { place, places, thread, bornFromMs, bornBeforeMs }: PlaceOptions,
): LeakSuspect {
  const { accumulation, headline: named, path, holder, carries } = place;
  const seconds = (bornBeforeMs - bornFromMs) / 1000;
  const types = accumulation.types.map(
    ({ kind, type, count, sizeBytes }): TypeGrowth => ({
      kind: kind as NodeKind,
      type,
      growthBytesPerSecond: sizeBytes / seconds,
      growthInstancesPerSecond: count / seconds,
      settledInstances: count,
      settledFromMs: bornFromMs,
      settledBeforeMs: bornBeforeMs,
      confidence: suspect.confidence,
    }),
  );
  const headline =
    types.find(({ kind, type }) => kind === named?.kind && type === named.type) ?? headlineType(types);
  const sites = withMakersOf(headline?.type, thread, sitesFor(place, places, suspect.sites));
  const isOwn = sites.some(({ origin }) => origin === 'own');
  return {
    ...suspect,
    carries: isOwn ? null : carries,
    type: headline?.type ?? suspect.type,
    growthBytesPerSecond: accumulation.sizeBytes / seconds,
    growthInstancesPerSecond: headline?.growthInstancesPerSecond ?? null,
    types,
    sites,
    path,
    fingerprint: fingerprintOfPath(path.slice(-PATH_TAIL)),
    recommendation: recommend(headline, sites, { holder, path }),
    evidence: [
      ...suspect.evidence,
      `${accumulation.count} of the objects that stay (${formatBytes(accumulation.sizeBytes)}) are held by ${holder}.`,
      ...(carries && !isOwn ? [`They carry a function of the program: ${nameFunction(carries)}.`] : []),
    ],
  };
}

/** With several places, each gets the sites whose files its path goes through; one that has none gets all. */
function sitesFor(
  place: LeakingPlace,
  places: readonly LeakingPlace[],
  sites: readonly SuspectSite[],
): readonly SuspectSite[] {
  if (places.length === 1) return sites;
  const matches = ({ path }: LeakingPlace, site: SuspectSite) =>
    path.some(
      (word) =>
        word.includes(lastPartOf(site.filename)) || (site.package !== null && word.includes(site.package)),
    );
  const own = sites.filter((site) => matches(place, site));
  return own.some((site) => !places.every((other) => matches(other, site))) ? own : sites;
}

/**
 * A class whose objects are gathered is made by its constructor, and that is called by who has to change: they come
 * first, even where too few samples fell on them for a verdict of their own.
 */
function withMakersOf(
  type: string | undefined,
  thread: ThreadEvidence,
  sites: readonly SuspectSite[],
): readonly SuspectSite[] {
  const makers = listSuspectSites(
    judgeSites(thread).filter(({ site }) => site.allocator.functionName === type),
  );
  const isSame = (a: SuspectSite) => (b: SuspectSite) =>
    a.filename === b.filename && a.line === b.line && a.column === b.column;
  return [...makers, ...sites.filter((site) => !makers.some(isSame(site)))];
}

function lastPartOf(filename: string): string {
  return filename.split(/[\\/]/).slice(-2).join('/');
}
