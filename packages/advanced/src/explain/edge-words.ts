/**
 * Links of V8 and of Node that people know by another name. The spellings of Node 20 to 26; a link that is not here is
 * told by its own name, or, if it is V8's, by what it leads to.
 */
const INTERNAL_WORDS: ReadonlyMap<string, string> = new Map([
  ['reactions_or_result', 'waited for by'],
  ['bound_this', 'bound to'],
  ['bound_argument_0', 'bound to'],
  ['weak_map_value', 'weakly keyed'],
]);

const TIMER_WORDS: ReadonlyMap<string, string> = new Map([
  ['_onTimeout', "the timer's callback"],
  ['_onImmediate', "the immediate's callback"],
  ['_timerArgs', "the timer's arguments"],
  // A ring: both ways lead to the same timers.
  ['_idleNext', 'in the list of timers'],
  ['_idlePrev', 'in the list of timers'],
]);

const SYMBOL_WORDS: ReadonlyMap<string, string> = new Map([
  // AsyncLocalStorage: on the resource up to Node 22, in a frame since 24.
  ['<symbol kResourceStore>', 'the store of an AsyncLocalStorage, kept by what was started in it'],
  ['<symbol kAsyncContextFrame>', 'the stores of AsyncLocalStorage, kept by what was started in them'],
  ['<symbol kEvents>', 'event listeners'],
  ['<symbol kDependantSignals>', 'signals that depend on it'],
  ['<symbol kSourceSignals>', 'the signals it depends on'],
]);

/** V8 writes a number in front of the entries of WeakMaps. */
const EPHEMERON = / \/ part of key \(.*\) -> value \(.*\) pair in WeakMap/s;

/** A step over one of V8's own links, in words. */
export function internalEdgeWord(name: string, what: string): string {
  if (EPHEMERON.test(name)) return `kept by a WeakMap as long as its key lives: ${what}`;
  const word = INTERNAL_WORDS.get(name);
  return word === undefined ? what : `${word} ${what}`;
}

/** A step over a property of Node's own objects, in words; null for any other property. */
export function propertyWord(
  name: string,
  { what, via }: { readonly what: string; readonly via: string | null },
): string | null {
  if (via === '_events') return `'${name}' listener${what.startsWith('function') ? '' : 's'}: ${what}`;
  const word = TIMER_WORDS.get(name) ?? SYMBOL_WORDS.get(name);
  return word === undefined ? null : `${word}: ${what}`;
}
