/**
 * How much of a snapshot's names stays. Values (strings, numbers, patterns, descriptions of symbols, …) stay at no level.
 *
 * - `names`: constructors, functions, properties and variables whose name stands in the program's code.
 * - `basic`: constructors and functions; properties and variables only where JavaScript itself has one of that name.
 * - `full`: only what JavaScript and V8 themselves have.
 */
export type RedactionLevel = 'names' | 'basic' | 'full';

export const redactionLevels = ['names', 'basic', 'full'] as const satisfies readonly RedactionLevel[];
