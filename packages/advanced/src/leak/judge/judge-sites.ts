import { frameKey, ownCallerOf } from '../../allocation/allocation-site.js';
import type { SiteHistory, ThreadEvidence } from '../evidence.js';
import { compareText } from './compare-text.js';
import { type CohortVerdict, judgeCohorts } from './judge-cohorts.js';
import { type Births, judgeGrowing, MOST_BLOCKS, type UnsettledPattern } from './judge-growing.js';

export interface JudgedSite {
  readonly site: SiteHistory;
  readonly verdict: CohortVerdict;
  /** How it grows, whether or not cohorts accuse it. */
  readonly unsettled: UnsettledPattern | null;
  /** Bytes that were allocated after the start and are alive. */
  readonly keptBytes: number;
}

/** Sites with something to say, surest first, then dearest first. */
export function judgeSites(seen: SitesSeen): JudgedSite[] {
  return judgeEachSite(seen).filter(({ verdict, unsettled }) => unsettled !== null || isOpen(verdict));
}

type SitesSeen = Pick<ThreadEvidence, 'sites' | 'rounds'>;

/** All that have something alive, in the same order. */
export function judgeEachSite({ sites, rounds }: SitesSeen): JudgedSite[] {
  const roundEndsMs = rounds.map(({ activeMs }) => activeMs);
  const judged = sites.map((site) => ({
    site,
    verdict: judgeCohorts(site.survivors, roundEndsMs),
    unsettled: judgeGrowing(site, roundEndsMs),
    keptBytes: sum(site.survivorBytes.slice(1)),
  }));
  return judgeTogether(judged, roundEndsMs)
    .filter(({ keptBytes }) => keptBytes > 0)
    .sort(
      (a, b) =>
        Number(b.verdict.kind === 'leak') - Number(a.verdict.kind === 'leak') ||
        b.keptBytes - a.keptBytes ||
        compareText(frameKey(a.site.allocator), frameKey(b.site.allocator)),
    );
}

const isOpen = ({ kind }: CohortVerdict) => kind === 'leak' || kind === 'more-data';

/**
 * What one function of the program calls may allocate in many places, each with too few samples to tell: together they
 * are as good as one. Only sites that are open are accused with the others, and all that are young may wait with them.
 */
function judgeTogether(judged: readonly JudgedSite[], roundEndsMs: readonly number[]): readonly JudgedSite[] {
  const leaking = new Set(
    poolByCaller(judged.filter(({ verdict }) => verdict.kind === 'more-data'))
      .filter((pool) => judgeCohorts(addRounds(pool, 'survivors'), roundEndsMs).kind === 'leak')
      .flat(),
  );
  const waiting = new Set(
    poolByCaller(judged.filter(({ site }) => sum(site.survivors.slice(1)) > MOST_BLOCKS))
      .filter((pool) => judgeGrowing(poolOf(pool), roundEndsMs) === 'backlog')
      .flat(),
  );
  return judged.map((one) => ({
    ...one,
    verdict: leaking.has(one) ? { kind: 'leak', survivors: survivorsOf(one) } : one.verdict,
    unsettled: one.unsettled ?? (waiting.has(one) ? 'backlog' : null),
  }));
}

function poolByCaller(judged: readonly JudgedSite[]): JudgedSite[][] {
  const pools = new Map<string, JudgedSite[]>();
  for (const one of judged) {
    const caller = ownCallerOf(one.site.stacks[0]?.frames ?? []);
    if (!caller) continue;
    const key = `${caller.filename}:${caller.functionName}`;
    pools.set(key, [...(pools.get(key) ?? []), one]);
  }
  return [...pools.values()];
}

function poolOf(pool: readonly JudgedSite[]): Births {
  return {
    survivors: addRounds(pool, 'survivors'),
    liveBytes: addRounds(pool, 'liveBytes'),
    liveByteMs: addRounds(pool, 'liveByteMs'),
  };
}

function addRounds(pool: readonly JudgedSite[], metric: keyof Births): number[] {
  const rounds = pool[0]?.site[metric] ?? [];
  return rounds.map((_, round) => sum(pool.map(({ site }) => site[metric][round] ?? 0)));
}

function survivorsOf({ verdict }: JudgedSite): number {
  return 'survivors' in verdict ? verdict.survivors : 0;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
