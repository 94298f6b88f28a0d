import { callerOfOwn, frameKey, nodeCalleeOf, ownCallerOf } from '../../allocation/allocation-site.js';
import type { CallStack } from '../../allocation/sampling-profile-decoder.js';
import type { StackFrame } from '../../allocation/stack-frame.js';
import type { SiteHistory, ThreadEvidence } from '../evidence.js';
import type { SuspectSite } from '../leak-report.js';
import { compareText } from './compare-text.js';
import { type CohortVerdict, judgeCohorts } from './judge-cohorts.js';
import { type Births, judgeGrowing, type UnsettledPattern } from './judge-growing.js';

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
    poolByCaller(judged)
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

const MAX_ALLOCATORS = 4;
const MAX_CALLERS = 2;
/** A caller of the program's own that has less than this of the dearest one's bytes is a bystander. */
const LEAST_CALLER_SHARE = 0.25;

/**
 * The functions to name, dearest first: the dearest allocators, the program's own functions that call them (of a
 * constructor, those that make its objects) and those that call most of what leaks (what its author can change), and Node's own that they go through. Each with what is
 * alive by way of it.
 */
export function listSuspectSites(judged: readonly JudgedSite[]): SuspectSite[] {
  const telling = mostTelling(judged).slice(0, MAX_ALLOCATORS);
  const sums = new FrameSums();
  for (const { site, keptBytes } of telling) {
    sums.add(site.allocator, keptBytes);
    const callerOf = site.allocator.origin === 'own' ? callerOfOwn : ownCallerOf;
    for (const choose of [callerOf, nodeCalleeOf]) {
      const [dearest] = sumWays([site], choose).dearest();
      if (dearest) sums.add(dearest.frame, dearest.sizeBytes);
    }
  }
  for (const { frame, sizeBytes } of dearestCallers(judged)) {
    if (!sums.has(frame)) sums.add(frame, sizeBytes);
  }
  return sums
    .dearest()
    .filter(({ frame }) => frame.filename !== '')
    .map(({ frame, sizeBytes }) => toSuspectSite(frame, sizeBytes));
}

/** Of all that leaks, not only of what the dearest allocators made: an asynchronous program has its lines in a few stacks. */
function dearestCallers(judged: readonly JudgedSite[]): readonly FrameBytes[] {
  const leaking = judged.filter(({ verdict }) => verdict.kind === 'leak').map(({ site }) => site);
  const callers = sumWays(leaking, ownCallerOf).dearest();
  const least = (callers[0]?.sizeBytes ?? 0) * LEAST_CALLER_SHARE;
  return callers.filter(({ sizeBytes }) => sizeBytes >= least).slice(0, MAX_CALLERS);
}

/** By the frame that is chosen of each stack, unless that is the allocator itself. */
function sumWays(sites: readonly SiteHistory[], choose: (frames: CallStack) => StackFrame | null): FrameSums {
  const sums = new FrameSums();
  for (const { allocator, stacks } of sites) {
    for (const { frames, sizeBytes } of stacks) {
      const frame = choose(frames);
      if (frame && frameKey(frame) !== frameKey(allocator)) sums.add(frame, sizeBytes);
    }
  }
  return sums;
}

interface FrameBytes {
  readonly frame: StackFrame;
  sizeBytes: number;
}

class FrameSums {
  readonly #byFrame = new Map<string, FrameBytes>();

  add(frame: StackFrame, sizeBytes: number): void {
    const entry = this.#byFrame.get(frameKey(frame)) ?? { frame, sizeBytes: 0 };
    entry.sizeBytes += sizeBytes;
    this.#byFrame.set(frameKey(frame), entry);
  }

  has(frame: StackFrame): boolean {
    return this.#byFrame.has(frameKey(frame));
  }

  dearest(): FrameBytes[] {
    return [...this.#byFrame.values()].sort(byBytes);
  }
}

function byBytes(a: FrameBytes, b: FrameBytes): number {
  return b.sizeBytes - a.sizeBytes || compareText(frameKey(a.frame), frameKey(b.frame));
}

/** Leaking functions that somebody wrote; failing those, leaking ones of Node; failing those, what else survives. */
export function mostTelling(judged: readonly JudgedSite[]): readonly JudgedSite[] {
  const leaking = judged.filter(({ verdict }) => verdict.kind === 'leak');
  const written = leaking.filter(({ site }) => isWritten(site.allocator));
  return [written, leaking, judged].find((sites) => sites.length > 0) ?? [];
}

/** A function of the program or of a package. */
export function isWritten({ origin }: StackFrame): boolean {
  return origin === 'own' || origin === 'dependency';
}

function toSuspectSite(
  { filename, line, column, functionName, packageName, origin }: StackFrame,
  sizeBytes: number,
) {
  return {
    filename,
    line,
    column,
    functionName,
    package: packageName,
    origin,
    sizeBytes: Math.round(sizeBytes),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
