import type { Accumulation, HeldType } from '../../explain/accumulations.js';
import type { NodeKind } from '../../snapshot/node-naming.js';
import { isTelling } from '../judge/headline-type.js';

/** A type of which there is not even one for every three entries belongs to some of them. */
const LEAST_PER_ENTRY = 1 / 3;

/**
 * The type that says what a place gathers: of those that somebody named and that come with the entries, the one nearest
 * to the holder; a class rather than the function by which it is reached. Null where it gathers what everything is made of.
 */
export function headlineOfPlace({ types, entryCount }: Accumulation): HeldType | null {
  const named = types.filter(
    ({ kind, type, count }) =>
      isTelling({ kind: kind as NodeKind, type }) && count >= entryCount * LEAST_PER_ENTRY,
  );
  return nearest(named.filter(({ kind }) => kind !== 'closure')) ?? nearest(named);
}

function nearest(types: readonly HeldType[]): HeldType | null {
  return types.reduce<HeldType | null>((best, row) => (best && best.depth <= row.depth ? best : row), null);
}
