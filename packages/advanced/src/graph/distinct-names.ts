import { BitSet } from './bit-set.js';
import type { HeapColumns } from './heap-columns.js';
import type { StringTable } from './string-table.js';

/** Index of the strings `isWanted` among the names of all nodes of a type: each distinct name is decoded once. */
export function findNames(
  { layout, nodes }: HeapColumns,
  strings: StringTable,
  { type, isWanted }: { readonly type: string; readonly isWanted: (name: string) => boolean },
): ReadonlySet<number> {
  const found = new Set<number>();
  const wantedType = layout.nodeTypes.indexOf(type);
  if (wantedType < 0) return found;
  const seen = new BitSet(strings.count);
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.types[node] !== wantedType) continue;
    const name = nodes.names[node] as number;
    if (seen.has(name)) continue;
    seen.add(name);
    if (isWanted(strings.get(name))) found.add(name);
  }
  return found;
}
