import { frameKey, nodeCalleeOf, ownCallerOf } from '../../allocation/allocation-site.js';
import type { StackFrame } from '../../allocation/stack-frame.js';
import type { SiteHistory, ThreadEvidence } from '../evidence.js';
import type { SuspectSite } from '../leak-report.js';
import { compareText } from './compare-text.js';
import { type CohortVerdict, judgeCohorts } from './judge-cohorts.js';

export interface JudgedSite {
  readonly site: SiteHistory;
  readonly verdict: CohortVerdict;
  /** Bytes that were allocated after the start and are alive. */
  readonly keptBytes: number;
}

/** Sites with something to say, surest first, then dearest first. */
export function judgeSites({ sites, rounds }: Pick<ThreadEvidence, 'sites' | 'rounds'>): JudgedSite[] {
  const roundEndsMs = rounds.map(({ activeMs }) => activeMs);
  const judged = sites.map((site) => ({
    site,
    verdict: judgeCohorts(site.survivors, roundEndsMs),
    keptBytes: sum(site.survivorBytes.slice(1)),
  }));
  return judgeTogether(judged, roundEndsMs)
    .filter(
      ({ verdict, keptBytes }) => keptBytes > 0 && (verdict.kind === 'leak' || verdict.kind === 'more-data'),
    )
    .sort(
      (a, b) =>
        Number(b.verdict.kind === 'leak') - Number(a.verdict.kind === 'leak') ||
        b.keptBytes - a.keptBytes ||
        compareText(frameKey(a.site.allocator), frameKey(b.site.allocator)),
    );
}

/**
 * What one function of the program calls may allocate in many places, each with too few samples to tell: together they
 * are as good as one. Only sites that are open are judged anew.
 */
function judgeTogether(judged: readonly JudgedSite[], roundEndsMs: readonly number[]): readonly JudgedSite[] {
  const open = new Map<string, JudgedSite[]>();
  for (const one of judged) {
    const caller = ownCallerOf(one.site.stacks[0]?.frames ?? []);
    if (one.verdict.kind !== 'more-data' || !caller) continue;
    const key = `${caller.filename}:${caller.functionName}`;
    open.set(key, [...(open.get(key) ?? []), one]);
  }
  const leaking = new Set<JudgedSite>();
  for (const together of open.values()) {
    const survivors = roundEndsMs.map((_, round) =>
      sum(together.map(({ site }) => site.survivors[round] ?? 0)),
    );
    if (judgeCohorts(survivors, roundEndsMs).kind === 'leak') for (const one of together) leaking.add(one);
  }
  return judged.map((one) =>
    one.verdict.kind === 'more-data' && leaking.has(one)
      ? { ...one, verdict: { kind: 'leak', survivors: one.verdict.survivors } }
      : one,
  );
}

const MAX_ALLOCATORS = 4;

/**
 * The functions to name, dearest first: the dearest allocators, the program's own functions that call them (what its
 * author can change), and Node's own that they go through. Each with what is alive by way of it.
 */
export function listSuspectSites(judged: readonly JudgedSite[]): SuspectSite[] {
  const bytesByFrame = new Map<string, FrameBytes>();
  for (const { site, keptBytes } of mostTelling(judged).slice(0, MAX_ALLOCATORS)) {
    for (const { frame, sizeBytes } of [{ frame: site.allocator, sizeBytes: keptBytes }, ...waysTo(site)]) {
      const entry = bytesByFrame.get(frameKey(frame)) ?? { frame, sizeBytes: 0 };
      entry.sizeBytes += sizeBytes;
      bytesByFrame.set(frameKey(frame), entry);
    }
  }
  return [...bytesByFrame.values()]
    .filter(({ frame }) => frame.filename !== '')
    .sort(byBytes)
    .map(({ frame, sizeBytes }) => toSuspectSite(frame, sizeBytes));
}

interface FrameBytes {
  readonly frame: StackFrame;
  sizeBytes: number;
}

function byBytes(a: FrameBytes, b: FrameBytes): number {
  return b.sizeBytes - a.sizeBytes || compareText(frameKey(a.frame), frameKey(b.frame));
}

const MAX_CALLERS = 2;
/** A second caller that has less of the bytes is a bystander. */
const LEAST_CALLER_SHARE = 0.25;

/** The dearest callers of the program's own, and the dearest function of Node that the allocator went through. */
function waysTo({ allocator, stacks }: SiteHistory): FrameBytes[] {
  const total = stacks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const ways = [
    { choose: ownCallerOf, most: MAX_CALLERS },
    { choose: nodeCalleeOf, most: 1 },
  ];
  return ways.flatMap(({ choose, most }) => {
    const bytes = new Map<string, FrameBytes>();
    for (const { frames, sizeBytes } of stacks) {
      const frame = choose(frames);
      if (!frame || frameKey(frame) === frameKey(allocator)) continue;
      const entry = bytes.get(frameKey(frame)) ?? { frame, sizeBytes: 0 };
      entry.sizeBytes += sizeBytes;
      bytes.set(frameKey(frame), entry);
    }
    return [...bytes.values()]
      .sort(byBytes)
      .filter(({ sizeBytes }, index) => index === 0 || sizeBytes >= total * LEAST_CALLER_SHARE)
      .slice(0, most);
  });
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
