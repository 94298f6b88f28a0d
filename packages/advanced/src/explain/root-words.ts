/**
 * V8's roots (`(GC roots)` and what hangs below it) as a person would name them. The names are the same on Node 20 to
 * 26; what is not in the table says nothing of a program and is left out of paths.
 */
const ROOT_WORDS: ReadonlyMap<string, string> = new Map([
  ['(Stack roots)', 'the running functions (stack)'],
  ['(Handle scope)', 'native code that is running'],
  ['(Global handles)', 'native handles'],
  ['(Eternal handles)', 'native handles'],
  ['(Traced handles)', 'native handles'],
  ['(Micro tasks)', 'the queue of microtasks'],
  ['(Debugger)', 'the debugger'],
  ['(Compilation cache)', "V8's cache of compiled code"],
]);

/** What to call a synthetic node in a path; null for one that says nothing. */
export function rootWord(name: string): string | null {
  return ROOT_WORDS.get(name) ?? null;
}

const OF_NODE = 'Node / ';

/** What to call all of Node's open handles of one kind, each of which is a root; null for other nodes. */
export function handlesWord(name: string): string | null {
  return name.startsWith(OF_NODE) ? `open handles (${name.slice(OF_NODE.length)})` : null;
}
