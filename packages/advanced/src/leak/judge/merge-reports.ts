import type { PauseAccount } from '../evidence.js';
import type { LeakReport, LeakSuspect } from '../leak-report.js';
import { bySureness } from './sureness.js';

/**
 * One report of several isolates, the main thread's first: it tells of the whole. Threads that did nothing and have
 * nothing to tell decide nothing, unless all are so: what did next to nothing on its heap may open files and leave them.
 */
export function mergeReports([main, ...workers]: readonly LeakReport[]): LeakReport {
  if (!main) throw new RangeError('There is no report of the main thread to merge others into.');
  const all = [main, ...workers];
  const telling = all.filter(({ idle, suspects }) => !idle || suspects.length > 0);
  const heard = telling.length > 0 ? telling : all;
  const outcome = outcomeOf(heard);
  const busy = all.filter(({ idle }) => !idle);
  const idle = busy.length === 0;
  return {
    ...main,
    outcome,
    idle,
    suspects: explained(all.flatMap(({ suspects }) => suspects)).sort(bySureness),
    pauses: all.map(({ pauses }) => pauses).reduce(addPauses),
    waitMs: outcome === 'undecided' ? Math.max(...heard.map(({ waitMs }) => waitMs ?? 0)) : null,
    notes: [...new Set((idle ? all : busy).flatMap(({ notes }) => notes))],
  };
}

/**
 * The process has memory and files in common, and they count with the main thread: what is resident because another
 * thread's heap grows is explained by that, and files that another thread was seen opening are its own.
 */
function explained(suspects: readonly LeakSuspect[]): LeakSuspect[] {
  const openers = suspects.filter(({ memory, sites }) => memory === 'resource' && sites.length > 0);
  const found = suspects.filter(
    ({ memory, sites, type }) =>
      memory !== 'native' &&
      !(memory === 'resource' && sites.length === 0 && openers.some((opener) => opener.type === type)),
  );
  return found.length > 0 ? found : [...suspects];
}

function outcomeOf(reports: readonly LeakReport[]): LeakReport['outcome'] {
  if (reports.some(({ outcome }) => outcome === 'leak')) return 'leak';
  return reports.some(({ outcome }) => outcome === 'undecided') ? 'undecided' : 'clean';
}

function addPauses(a: PauseAccount, b: PauseAccount): PauseAccount {
  return {
    count: a.count + b.count,
    totalMs: a.totalMs + b.totalMs,
    longestMs: Math.max(a.longestMs, b.longestMs),
  };
}
