import { theilSen } from '@memx/core';
import type { LeakEvidence, RoundReading, ThreadEvidence } from '../evidence.js';
import type { Confidence, HeapGrowth, LeakReport, LeakSuspect, TypeGrowth } from '../leak-report.js';
import { describeHeapSuspect } from './describe-suspect.js';
import { explainWatch, isIdle } from './explain-watch.js';
import { judgeExternal } from './judge-external.js';
import { judgeFloor, risesInSteps } from './judge-floor.js';
import { judgeNative } from './judge-native.js';
import { type JudgedSite, judgeSites } from './judge-sites.js';
import {
  judgeLastingTypes,
  judgeSlowTypes,
  judgeTypes,
  listGrowingTypes,
  mergeTypes,
} from './judge-types.js';
import { judgeUnsettled } from './judge-unsettled.js';
import { mergeReports } from './merge-reports.js';
import { bySureness, surer } from './sureness.js';
import { isWritten } from './suspect-sites.js';
import { withResources } from './with-resources.js';

/** Fewer rounds than these leave no old cohorts to judge. */
const LEAST_ROUNDS = 8;
/** Sites alone (types were not counted) must be surer than sites that types agree with. */
const LEAST_SURVIVORS_ALONE = 12;
const LEAST_BYTES_PER_SECOND_ALONE = 8 * 1024;
const WARM_UP_SHARE = 0.25;

/** The verdict on what a watch saw. Pure: the same evidence gives the same report. */
export function judgeLeaks({ threads }: LeakEvidence): LeakReport {
  return mergeReports(inOrder(threads).map(judgeThread));
}

/** The main thread first. */
export function inOrder(threads: readonly ThreadEvidence[]): ThreadEvidence[] {
  return threads.toSorted((a, b) => a.thread - b.thread);
}

/**
 * The verdict on one isolate. Two independent witnesses are heard: birth cohorts (which function's sampled objects
 * stay) and types over time (of which type objects stay). They make `high` together and `medium` alone; external memory
 * has a third witness of its own. Types that grow so slowly that only readings far apart show it make `medium` with sites, and nothing
 * alone: a cache that is seldom asked for something new fills for hours. What one witness sees and the other could have seen but did not is `low`.
 */
export function judgeThread(evidence: ThreadEvidence): LeakReport {
  const types = judgeTypes(evidence);
  const sites = judgeSites(evidence);
  const ofMemory = [heapSuspect(evidence, types, sites), judgeExternal(evidence)].filter(
    (suspect) => suspect !== null,
  );
  const known = withResources(ofMemory, evidence);
  const native = known.length === 0 ? judgeNative(evidence) : null;
  const suspects = (native ? [native] : known).toSorted(bySureness);
  const durationMs = evidence.rounds.at(-1)?.timeMs ?? 0;
  const idle = isIdle(evidence);
  const { outcome, reason } = decide({ evidence, suspects, sites, idle });
  return {
    outcome,
    idle,
    durationMs,
    detectedAtMs: null,
    sureAtMs: null,
    rounds: evidence.rounds.length,
    suspects,
    heap: measureHeap(evidence.rounds),
    pauses: evidence.pauses,
    waitMs: outcome === 'undecided' ? waitAfter(durationMs) : null,
    notes: [...explainWatch(evidence), ...(reason ? [reason] : [])],
  };
}

const LEAST_WAIT_MS = 10_000;

/** Twice as long shows twice the growth, and the same warm-up is half as much of it. */
export function waitAfter(durationMs: number): number {
  return Math.max(durationMs, LEAST_WAIT_MS);
}

interface Findings {
  readonly evidence: ThreadEvidence;
  readonly suspects: readonly LeakSuspect[];
  readonly sites: readonly JudgedSite[];
  readonly idle: boolean;
}

interface Decision {
  readonly outcome: LeakReport['outcome'];
  /** Why it is undecided, in a sentence, where neither a suspect nor another note says so. */
  readonly reason: string | null;
}

const STEPS = 'The heap rose from one collection to the next, but nothing of what is in it steadily.';
const UNCOUNTED =
  'Some of what was allocated stays. Objects were not counted by type, which would tell more.';
const TOO_SHORT = `The watch was too short: it needs ${LEAST_ROUNDS} rounds, and ${LEAST_ROUNDS * 2} where objects are not counted by type.`;

function decide({ evidence, suspects, sites, idle }: Findings): Decision {
  const { rounds, types } = evidence;
  const undecided = (reason: string | null): Decision => ({ outcome: 'undecided', reason });
  if (suspects.some(({ confidence }) => confidence !== 'low')) return { outcome: 'leak', reason: null };
  if (idle || suspects.length > 0) return undecided(null);
  if (rounds.length < LEAST_ROUNDS) return undecided(TOO_SHORT);
  if (risesInSteps(evidence)) return undecided(STEPS);
  if (types.length >= 3) return { outcome: 'clean', reason: null };
  // Without types, objects that stay and are too unevenly born to be called a leak are not called none either, nor is a
  // heap whose floor rises.
  const isOpen =
    judgeFloor(evidence, 'heapUsedBytes') !== null ||
    sites.some(({ verdict }) => 'survivors' in verdict && verdict.survivors >= LEAST_SURVIVORS_ALONE);
  if (isOpen) return undecided(UNCOUNTED);
  return rounds.length >= LEAST_ROUNDS * 2 ? { outcome: 'clean', reason: null } : undecided(TOO_SHORT);
}

function heapSuspect(
  evidence: ThreadEvidence,
  types: readonly TypeGrowth[],
  sites: readonly JudgedSite[],
): LeakSuspect | null {
  const isHeard = evidence.rounds.length >= LEAST_ROUNDS;
  const heard = sites.filter(({ site }) => isHeard && isWritten(site.allocator));
  const leaking = heard.filter(({ verdict }) => verdict.kind === 'leak');
  const confidence = judgeHeap(evidence, types, leaking);
  if (confidence === null || confidence === 'low') {
    const slow = leaking.length > 0 ? judgeSlowTypes(evidence).filter(isBeyondChance) : [];
    if (slow.length > 0)
      return describeHeapSuspect({
        confidence: 'medium',
        types: mergeTypes(slow, types),
        sites,
        evidence,
      });
    const unsettled = judgeUnsettled(evidence, heard);
    if (unsettled && surer(confidence, unsettled.confidence) !== confidence)
      return isKept(unsettled, leaking)
        ? describeHeapSuspect({
            confidence: unsettled.confidence,
            types: listGrowingTypes(evidence),
            sites,
            evidence,
          })
        : unsettled;
  }
  return confidence === null ? null : describeHeapSuspect({ confidence, types, sites, evidence });
}

/** In a long time many types drift by a few objects. */
function isBeyondChance({ confidence }: TypeGrowth): boolean {
  return confidence !== 'low';
}

/**
 * Whether what seems to wait stays: some of it is as old as the watch. Its types let go of as much as they keep, where the program
 * also has windows and caches of them.
 */
function isKept({ pattern }: LeakSuspect, leaking: readonly JudgedSite[]): boolean {
  return pattern === 'backlog' && leaking.some(({ unsettled }) => unsettled === 'backlog');
}

function judgeHeap(
  evidence: ThreadEvidence,
  types: readonly TypeGrowth[],
  leaking: readonly JudgedSite[],
): Confidence | null {
  const typesCounted = evidence.types.length >= 3;
  const best = surestOf(types);
  if (best !== null && best !== 'low')
    return leaking.length > 0 ? 'high' : (surestOf(judgeLastingTypes(evidence)) ?? 'low');
  if (leaking.length > 0 && !typesCounted) return sitesAreSure(evidence, leaking) ? 'medium' : 'low';
  return leaking.length > 0 || best === 'low' ? 'low' : null;
}

function surestOf(types: readonly TypeGrowth[]): Confidence | null {
  return types.reduce<Confidence | null>((most, { confidence }) => surer(most, confidence), null);
}

/** Where types could not be counted, the heap's floor is the second witness: a lazily loaded program has none. */
function sitesAreSure(evidence: ThreadEvidence, leaking: readonly JudgedSite[]): boolean {
  if (judgeFloor(evidence, 'heapUsedBytes') === null) return false;
  const { rounds } = evidence;
  const seconds = ((rounds.at(-1)?.timeMs ?? 0) - (rounds[0]?.timeMs ?? 0)) / 1000;
  return leaking.some(
    ({ verdict, keptBytes }) =>
      verdict.kind === 'leak' &&
      verdict.survivors >= LEAST_SURVIVORS_ALONE &&
      keptBytes / seconds >= LEAST_BYTES_PER_SECOND_ALONE,
  );
}

function measureHeap(rounds: readonly RoundReading[]): HeapGrowth {
  const warm = rounds.slice(Math.floor(rounds.length * WARM_UP_SHARE));
  const seconds = warm.map(({ timeMs }) => timeMs / 1000);
  const slope = (values: number[]) => theilSen(seconds, values)?.slope ?? 0;
  return {
    startHeapBytes: warm[0]?.heapUsedBytes ?? 0,
    endHeapBytes: warm.at(-1)?.heapUsedBytes ?? 0,
    heapBytesPerSecond: slope(warm.map(({ heapUsedBytes }) => heapUsedBytes)),
    externalBytesPerSecond: slope(warm.map(({ externalBytes }) => externalBytes)),
  };
}
