import type { ProfileMeta } from './allocation-profile.js';
import type { StackRefiner } from './refine-profile.js';

/** Takes the stacks that V8 tells of instrumented files to what their author wrote. */
export type RefinerFor = (precision: ProfileMeta['precision']) => StackRefiner;

// The copy of memx that instruments (`--import @memx/advanced/lines`) and the one that profiles may be two.
const REFINER = Symbol.for('memx.line-precision/1');
const registry = globalThis as typeof globalThis & { [REFINER]?: RefinerFor };

/** From now on, profiles of this thread can name lines. */
export function provideLines(refinerFor: RefinerFor): void {
  registry[REFINER] = refinerFor;
}

/** Null where nothing is instrumented. */
export function refinerOfThread(): RefinerFor | null {
  return registry[REFINER] ?? null;
}
