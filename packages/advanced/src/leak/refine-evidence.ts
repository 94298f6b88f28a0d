import { allocatorOf, frameKey } from '../allocation/allocation-site.js';
import { refineCalls, type StackRefiner } from '../allocation/refine-profile.js';
import type { LeakEvidence, SiteHistory, StackBytes, ThreadEvidence } from './evidence.js';

/** The same evidence at the lines that allocate; sites whose every stack is the instrumentation's own are left out. */
export function refineEvidence(evidence: LeakEvidence, refine: StackRefiner): LeakEvidence {
  return { ...evidence, threads: evidence.threads.map((thread) => refineThread(thread, refine)) };
}

function refineThread(thread: ThreadEvidence, refine: StackRefiner): ThreadEvidence {
  const refineOutside: StackRefiner = (stack) => refineCalls(stack, refine);
  return {
    ...thread,
    sites: refineSites(thread.sites, refine),
    externalSites: thread.externalSites && refineSites(thread.externalSites, refineOutside),
    openings: thread.openings.map((opening) => ({
      ...opening,
      frames: refineOutside(opening.frames) ?? opening.frames,
    })),
  };
}

function refineSites(histories: readonly SiteHistory[], refine: StackRefiner): SiteHistory[] {
  const sites = new Map<string, SiteHistory>();
  for (const site of histories) {
    const refined = refineSite(site, refine);
    if (!refined) continue;
    const key = frameKey(refined.allocator);
    const same = sites.get(key);
    sites.set(key, same ? addSites(same, refined) : refined);
  }
  return [...sites.values()];
}

function refineSite(site: SiteHistory, refine: StackRefiner): SiteHistory | null {
  if (site.stacks.length === 0) return site; // of the program's start: nothing is said of it
  const stacks = site.stacks.flatMap(({ frames, sizeBytes }): StackBytes[] => {
    const refined = refine(frames);
    return refined ? [{ frames: refined, sizeBytes }] : [];
  });
  const allocator = stacks[0] && allocatorOf(stacks[0].frames);
  return allocator ? { ...site, allocator, stacks } : null;
}

/** Two expressions may stand at one place of the source that a bundle was made from. */
function addSites(a: SiteHistory, b: SiteHistory): SiteHistory {
  const add = (x: readonly number[], y: readonly number[]) =>
    x.map((value, index) => value + (y[index] ?? 0));
  return {
    allocator: a.allocator,
    stacks: [...a.stacks, ...b.stacks].sort((x, y) => y.sizeBytes - x.sizeBytes),
    liveBytes: add(a.liveBytes, b.liveBytes),
    liveByteMs: add(a.liveByteMs, b.liveByteMs),
    survivors: add(a.survivors, b.survivors),
    survivorBytes: add(a.survivorBytes, b.survivorBytes),
  };
}
