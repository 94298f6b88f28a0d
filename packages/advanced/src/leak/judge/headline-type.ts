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
/** A specific type that grows at less than this share of the fastest is a bystander. */
const LEAST_SHARE = 0.02;

/** The type to name a leak by: the fastest one that a person gave a name to, else the fastest. */
export function headlineType(types: readonly TypeGrowth[]): TypeGrowth | null {
  const fastest = types[0];
  if (!fastest) return null;
  const telling = types.filter(
    ({ growthBytesPerSecond }) => growthBytesPerSecond >= fastest.growthBytesPerSecond * LEAST_SHARE,
  );
  return (
    telling.find(({ kind, type }) => kind === 'object' && !GENERIC.has(type)) ??
    telling.find(({ kind, type }) => kind === 'closure' && type !== '(closure)') ??
    telling.find(({ kind }) => kind === 'object') ??
    fastest
  );
}
