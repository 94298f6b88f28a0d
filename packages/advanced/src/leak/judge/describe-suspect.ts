import type { ThreadEvidence } from '../evidence.js';
import type { Confidence, LeakSuspect, TypeGrowth } from '../leak-report.js';
import { fingerprintOf } from './fingerprint.js';
import { headlineType } from './headline-type.js';
import type { JudgedSite } from './judge-sites.js';
import { nameFunction } from './name-function.js';
import { recommend } from './recommend.js';
import { isWritten, listSuspectSites, mostTelling } from './suspect-sites.js';

interface HeapSuspect {
  readonly confidence: Confidence;
  readonly types: readonly TypeGrowth[];
  readonly sites: readonly JudgedSite[];
  readonly evidence: ThreadEvidence;
}

/** What grows in V8's heap, as one suspect: without the graph, several leaks cannot be told apart. */
export function describeHeapSuspect({ confidence, types, sites, evidence }: HeapSuspect): LeakSuspect {
  const headline = headlineType(types);
  const listed = listSuspectSites(sites);
  const type = headline?.type ?? '(types not counted)';
  return {
    thread: evidence.thread,
    memory: 'heap',
    pattern: 'kept',
    confidence,
    type,
    growthBytesPerSecond:
      types.length > 0 ? sumOf(types.map((row) => row.growthBytesPerSecond)) : keptPerSecond(sites, evidence),
    growthInstancesPerSecond: headline?.growthInstancesPerSecond ?? null,
    // What grows beyond chance shares the leak's confidence, which more than types have earned.
    types: types.map((row) => (row.confidence === 'low' ? row : { ...row, confidence })),
    sites: listed,
    path: null,
    carries: null,
    fingerprint: fingerprintOf(type, mostTelling(sites)[0]?.site.allocator),
    recommendation: recommend(headline, listed),
    evidence: [...typeSentences(headline, evidence), ...siteSentences(sites)],
  };
}

function typeSentences(headline: TypeGrowth | null, { types }: ThreadEvidence): string[] {
  const last = types.at(-1);
  if (!headline || !last) return [];
  const { type, settledInstances, settledFromMs, settledBeforeMs } = headline;
  const [from, before, end] = [settledFromMs, settledBeforeMs, last.timeMs].map(
    (timeMs) => `${(timeMs / 1000).toFixed(1)} s`,
  );
  return [
    `${settledInstances} objects of type ${type} that were born between ${from} and ${before} were alive at ${end}, and the type grew steadily.`,
  ];
}

const MAX_SITE_SENTENCES = 3;

function siteSentences(sites: readonly JudgedSite[]): string[] {
  return sites
    .filter(({ verdict, site }) => verdict.kind === 'leak' && isWritten(site.allocator))
    .slice(0, MAX_SITE_SENTENCES)
    .map(({ site }) => {
      const births = site.survivors.slice(1).filter((count) => count > 0).length;
      return `Objects that ${nameFunction(site.allocator)} allocated in ${births} of ${site.survivors.length - 1} rounds are alive.`;
    });
}

function keptPerSecond(sites: readonly JudgedSite[], { rounds }: ThreadEvidence): number {
  const seconds = Math.max(1, (rounds.at(-1)?.timeMs ?? 0) - (rounds[0]?.timeMs ?? 0)) / 1000;
  const leaking = sites.filter(({ verdict }) => verdict.kind === 'leak');
  return sumOf(leaking.map(({ keptBytes }) => keptBytes)) / seconds;
}

const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
