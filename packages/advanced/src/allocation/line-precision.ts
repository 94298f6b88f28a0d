import type { StackRefiner } from './refine-profile.js';

// The copy of memx that instruments (`--import @memx/advanced/lines`) and the one that profiles may be two.
const LINES = Symbol.for('memx.line-precision/1');
const registry = globalThis as typeof globalThis & { [LINES]?: StackRefiner };

/** From now on, profiles of this thread can name lines: `refine` takes the stacks that V8 tells to them. */
export function provideLines(refine: StackRefiner): void {
  registry[LINES] = refine;
}

/** Null where nothing is instrumented. */
export function lineRefiner(): StackRefiner | null {
  return registry[LINES] ?? null;
}
