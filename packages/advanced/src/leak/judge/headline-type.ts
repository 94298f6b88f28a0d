import type { TypeGrowth } from '../leak-report.js';

/** Types that every program is made of: they say that something grows, not what. */
const GENERIC = new Set([
  'Object',
  'Array',
  'Map',
  'Set',
  'Promise',
  'Function',
  'Error',
  'Context',
  'PropertyArray',
]);
/** Types of the language that come along with others: they say little more. */
const OF_THE_LANGUAGE = new Set([
  'Generator',
  'AsyncGenerator',
  'AsyncFunction',
  'Date',
  'RegExp',
  'WeakRef',
  'ArrayBuffer',
]);
/** A specific type that grows at less than this share of the fastest is a bystander. */
const LEAST_SHARE = 0.02;

type Named = Pick<TypeGrowth, 'kind' | 'type'>;

/** Whether a type was named by a person, so that its name says what grows: a class, or a function. */
export function isTelling(row: Named): boolean {
  return (isOfClass(row) && !OF_THE_LANGUAGE.has(row.type)) || isNamedFunction(row);
}

const isOfClass = ({ kind, type }: Named) => kind === 'object' && !GENERIC.has(type);
const isNamedFunction = ({ kind, type }: Named) => kind === 'closure' && type !== '(closure)';

/** The type to name a leak by: the fastest one that a person gave a name to, else the fastest. */
export function headlineType(types: readonly TypeGrowth[]): TypeGrowth | null {
  const fastest = types[0];
  if (!fastest) return null;
  const growing = types.filter(
    ({ growthBytesPerSecond }) => growthBytesPerSecond >= fastest.growthBytesPerSecond * LEAST_SHARE,
  );
  return (
    growing.find((row) => isTelling(row) && !isNamedFunction(row)) ??
    growing.find(isNamedFunction) ??
    growing.find(isOfClass) ??
    growing.find(({ kind }) => kind === 'object') ??
    fastest
  );
}
