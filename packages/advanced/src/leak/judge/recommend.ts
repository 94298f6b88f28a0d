import type { NodeKind } from '../../snapshot/node-naming.js';
import type { SuspectSite, TypeGrowth } from '../leak-report.js';
import type { UnsettledPattern } from './judge-growing.js';
import { nameFunction } from './name-function.js';

/** What usually keeps objects of a type, and what ends it. Hedged, because no path was read. */
const BY_TYPE: readonly { readonly matches: RegExp; readonly advice: string }[] = [
  {
    matches: /^(Timeout|Immediate|TimersList)$/,
    advice: 'Clear the timer (clearTimeout, clearInterval) when its owner is done.',
  },
  {
    matches: /^(Promise|PromiseReaction|AsyncFunction|\(closure\) resolve)/,
    advice:
      'Look for a long-lived promise that gets a new .then() each time, and for promises that never settle.',
  },
  {
    matches: /^(AbortSignal|AbortController|WeakRef|Listener|\(closure\) (once|on)\w*)/,
    advice: 'Remove the listener, or give each use a signal of its own, when the work is done.',
  },
  {
    matches: /^(Map|Set|\(array\)|\(object properties\)|\(object elements\))$/,
    advice: 'Give the collection a bound (a size or an age), or delete entries when they are done with.',
  },
  {
    matches:
      /^(Socket|TLSSocket|Server|ClientRequest|IncomingMessage|ServerResponse|ReadableState|WritableState)$/,
    advice: 'End or destroy the connection, and drop references to its request and response.',
  },
  {
    matches: /^(ModuleWrap|ModuleJob|Module|SourceTextModule)$/,
    advice: 'Do not load modules under ever-new names: loaded modules are kept for good.',
  },
];

const BY_KIND: Partial<Record<NodeKind, string>> = {
  closure: 'Look for a list of callbacks, listeners or instances that is only ever added to.',
  string: 'Look for a cache or registry keyed by ever-new strings, and give it a bound.',
};

const ANYTHING =
  'Look for a list, cache or registry that is only ever added to, and give it a bound or an end.';

/** What ends the gathering, by the words for what gathers (see PathWords). Surer than the type of what is gathered. */
const BY_HOLDER: readonly { readonly matches: RegExp; readonly advice: string }[] = [
  {
    matches: /_events\b|kEvents|listeners?\b/i,
    advice: 'Remove each listener when its owner is done, or listen once.',
  },
  {
    matches: /TimersList|Timeout|timerListMap/,
    advice: 'Clear the timer (clearTimeout, clearInterval) when its owner is done.',
  },
  {
    matches: /: Promise$/,
    advice: 'Do not add a new .then() to a promise that outlives the work; race it with one that ends.',
  },
  {
    matches: /kDependantSignals|AbortSignal|#signal/,
    advice: 'Give each use a signal of its own that is let go of when the work is done.',
  },
  { matches: /: (WeakRef|FinalizationRegistry)$/, advice: 'Remove the entry when its target is collected.' },
  {
    matches: /\._cache\b|loadCache|ModuleMap/,
    advice: 'Do not load modules under ever-new names: loaded modules are kept for good.',
  },
  {
    matches: /^open handles \(/,
    advice: 'What is open stays in memory with all that it leads to: close each one when its work is done.',
  },
];

const IN_STORE = /^the store of an AsyncLocalStorage/;
/** Farther from what is kept, a store is only on the way. */
const NEAR = 3;

function adviseHolder({ holder, path }: Holding): string {
  if (path.slice(-NEAR).some((word) => IN_STORE.test(word)))
    return 'What is in the store of an AsyncLocalStorage lives as long as all that was started in it: let no store lead to the one before it.';
  return (
    BY_HOLDER.find(({ matches }) => matches.test(holder))?.advice ??
    'It only grows: delete entries when they are done with, or give it a bound (a size or an age).'
  );
}

/** What gathers the objects, and the way to them, in words. */
export interface Holding {
  readonly holder: string;
  readonly path: readonly string[];
}

/**
 * One to three sentences: where to look, and what to do there.
 *
 * @param holding null where no path was read
 */
export function recommend(
  headline: TypeGrowth | null,
  sites: readonly SuspectSite[],
  holding: Holding | null = null,
): string {
  const advice =
    holding === null
      ? (BY_TYPE.find(({ matches }) => headline !== null && matches.test(headline.type))?.advice ??
        (headline && BY_KIND[headline.kind]) ??
        ANYTHING)
      : `It is kept by ${holding.holder}. ${adviseHolder(holding)}`;
  const written = sites.filter(({ origin }) => origin === 'own' || origin === 'dependency');
  const allocator = written.find(({ allocates }) => allocates) ?? written[0];
  if (!allocator) return advice;
  const caller = sites.find(({ origin, calls }) => origin === 'own' && calls);
  if (allocator.origin === 'dependency' && caller) {
    return `Called from ${nameFunction(caller)}, the package ${allocator.package} allocates what stays in ${nameFunction(allocator)}. ${advice}`;
  }
  return `What ${nameFunction(allocator)} allocates is kept. ${advice}`;
}

const BY_PATTERN: Readonly<Record<UnsettledPattern, string>> = {
  backlog:
    'Work comes in faster than it is done: bound the queue, push back on who fills it, or do the work faster. Rising load looks the same for a while.',
  regrown: 'One list, table or buffer goes on growing: give it a bound, or summarize what it collects.',
};

/**
 * The same for what grows though nothing of it stays.
 *
 * @param holder what holds it, in words; null where no path was read
 */
export function recommendUnsettled(
  pattern: UnsettledPattern,
  sites: readonly SuspectSite[],
  holder: string | null = null,
): string {
  const own = sites.find(({ origin }) => origin === 'own') ?? sites[0];
  const where = own ? `${nameFunction(own)} allocates what grows. ` : '';
  const held = holder === null ? '' : `It is held by ${holder}. `;
  return `${where}${held}${BY_PATTERN[pattern]}`;
}
