import { formatBytes } from '@memx/core';
import type { SiteHistory, ThreadEvidence } from '../evidence.js';
import type { Confidence, LeakSuspect, TypeGrowth } from '../leak-report.js';
import { fingerprintOf } from './fingerprint.js';
import { headlineType } from './headline-type.js';
import { ageAt, type UnsettledPattern } from './judge-growing.js';
import type { JudgedSite } from './judge-sites.js';
import { nameFunction } from './name-function.js';
import { recommendUnsettled } from './recommend.js';
import { listSuspectSites } from './suspect-sites.js';

interface Unsettled {
  readonly pattern: UnsettledPattern;
  readonly confidence: Confidence;
  readonly types: readonly TypeGrowth[];
  readonly sites: readonly JudgedSite[];
  readonly evidence: ThreadEvidence;
}

/** What grows in V8's heap though it is let go of. */
export function describeUnsettled({ pattern, confidence, types, sites, evidence }: Unsettled): LeakSuspect {
  const headline = headlineType(types);
  const listed = listSuspectSites(sites);
  const type = headline?.type ?? '(types not counted)';
  return {
    thread: evidence.thread,
    memory: 'heap',
    pattern,
    confidence,
    type,
    growthBytesPerSecond:
      types.length > 0
        ? sumOf(types.map((row) => row.growthBytesPerSecond))
        : sumOf(sites.map(({ site }) => growthPerSecond(site, evidence))),
    growthInstancesPerSecond: headline?.growthInstancesPerSecond ?? null,
    // One that grows fast is no surer than what it is a part of.
    types: types.map((row) => (row.confidence === 'low' ? row : { ...row, confidence })),
    sites: listed,
    path: null,
    carries: null,
    fingerprint: fingerprintOf(type, sites[0]?.site.allocator),
    recommendation: recommendUnsettled(pattern, listed),
    evidence: sites
      .filter(({ unsettled }) => unsettled === pattern)
      .slice(0, MAX_SENTENCES)
      .map(({ site }) => SENTENCES[pattern](site, evidence)),
  };
}

const MAX_SENTENCES = 2;

const SENTENCES: Readonly<Record<UnsettledPattern, (site: SiteHistory, evidence: ThreadEvidence) => string>> =
  {
    backlog(site, { rounds }) {
      const last = rounds.length - 1;
      const [early, late] = [Math.floor(last / 2), last].map((round) => {
        const seconds = (ageAt(site, round) / 1000).toFixed(1);
        return `${seconds} s at ${((rounds[round]?.timeMs ?? 0) / 1000).toFixed(1)} s`;
      });
      return `What ${nameFunction(site.allocator)} allocates is let go of, but later and later: on average it had been alive for ${early}, and for ${late}.`;
    },
    regrown(site, { rounds }) {
      const sizes = site.liveBytes.filter((bytes, round) => bytes > (site.liveBytes[round - 1] ?? 0));
      const [from, to] = sizes.slice(-2).map((bytes) => formatBytes(bytes));
      const seconds = ((rounds.at(-1)?.timeMs ?? 0) / 1000).toFixed(1);
      return `A block that ${nameFunction(site.allocator)} allocates was replaced by a larger one ${sizes.length} times in ${seconds} s, last from ${from} to ${to}.`;
    },
  };

function growthPerSecond({ liveBytes }: SiteHistory, { rounds }: ThreadEvidence): number {
  const seconds = ((rounds.at(-1)?.timeMs ?? 0) - (rounds[0]?.timeMs ?? 0)) / 1000;
  return ((liveBytes.at(-1) ?? 0) - (liveBytes[0] ?? 0)) / Math.max(1, seconds);
}

const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
