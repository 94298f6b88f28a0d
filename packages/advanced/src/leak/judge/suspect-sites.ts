import { callerOfOwn, frameKey, nodeCalleeOf, ownCallerOf } from '../../allocation/allocation-site.js';
import type { CallStack } from '../../allocation/sampling-profile-decoder.js';
import type { StackFrame } from '../../allocation/stack-frame.js';
import type { SiteHistory } from '../evidence.js';
import type { SuspectSite } from '../leak-report.js';
import { compareText } from './compare-text.js';
import type { JudgedSite } from './judge-sites.js';

const MAX_ALLOCATORS = 4;
const MAX_CALLERS = 2;
/** A caller of the program's own that has less than this of the dearest one's bytes is a bystander. */
const LEAST_CALLER_SHARE = 0.25;

/**
 * The functions to name, dearest first: the dearest allocators, the program's own functions that call them and those
 * that call most of what leaks (what its author can change), and Node's own that they go through; after them, who calls the
 * program's own allocators, as those that make the objects of a class. Each with what is alive by way of it.
 */
export function listSuspectSites(judged: readonly JudgedSite[]): SuspectSite[] {
  const telling = mostTelling(judged).slice(0, MAX_ALLOCATORS);
  const sums = new FrameSums();
  for (const { site, keptBytes } of telling) {
    sums.add({ frame: site.allocator, sizeBytes: keptBytes, allocates: true, calls: false });
    for (const choose of [ownCallerOf, nodeCalleeOf]) {
      const [dearest] = sumWays([site], choose).dearest();
      if (dearest) sums.add(dearest);
    }
  }
  for (const caller of dearestCallers(judged)) {
    if (!sums.has(caller.frame)) sums.add(caller);
  }
  const ownAllocators = telling.map(({ site }) => site).filter(({ allocator }) => allocator.origin === 'own');
  const makers = sumWays(ownAllocators, callerOfOwn)
    .dearest()
    .filter(({ frame }) => !sums.has(frame))
    .slice(0, MAX_CALLERS);
  return [...sums.dearest(), ...makers].flatMap(toSuspectSites);
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
      if (frame && frameKey(frame) !== frameKey(allocator))
        sums.add({ frame, sizeBytes, allocates: false, calls: true });
    }
  }
  return sums;
}

interface FrameBytes {
  readonly frame: StackFrame;
  readonly sizeBytes: number;
  readonly allocates: boolean;
  readonly calls: boolean;
}

/** Frames, each once. */
export class FrameSums {
  readonly #byFrame = new Map<string, FrameBytes>();

  add(more: FrameBytes): void {
    const key = frameKey(more.frame);
    const known = this.#byFrame.get(key) ?? {
      frame: more.frame,
      sizeBytes: 0,
      allocates: false,
      calls: false,
    };
    this.#byFrame.set(key, {
      ...known,
      sizeBytes: known.sizeBytes + more.sizeBytes,
      allocates: known.allocates || more.allocates,
      calls: known.calls || more.calls,
    });
  }

  has(frame: StackFrame): boolean {
    return this.#byFrame.has(frameKey(frame));
  }

  dearest(): FrameBytes[] {
    return [...this.#byFrame.values()].sort(byBytes);
  }

  /** In the order in which they came. */
  all(): FrameBytes[] {
    return [...this.#byFrame.values()];
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

/** None where V8 tells no file: its own builtins. */
export function toSuspectSites({ frame, sizeBytes, allocates, calls }: FrameBytes): SuspectSite[] {
  const { filename, line, column, functionName, packageName, origin } = frame;
  if (filename === '') return [];
  const site = {
    filename,
    line,
    column,
    functionName,
    package: packageName,
    origin,
    allocates,
    calls,
    sizeBytes: Math.round(sizeBytes),
  };
  return [site];
}
