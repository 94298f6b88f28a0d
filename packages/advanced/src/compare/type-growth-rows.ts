import type { ClassRow } from '../graph/class-rows.js';

/** One type in several heaps, one number each, in their order. */
export interface TypeGrowthRow {
  readonly kind: string;
  readonly type: string;
  readonly counts: readonly number[];
  readonly shallowBytes: readonly number[];
  /** What would go with all objects of the type; see {@link ClassRow}. */
  readonly retainedBytes: readonly number[];
}

/** The types that differ between the first and the last heap: what grew most in shallow bytes first, what shrank most last. */
export function compareClasses(heaps: readonly (readonly ClassRow[])[]): TypeGrowthRow[] {
  const rows = new Map<string, { kind: string; type: string; rows: (ClassRow | undefined)[] }>();
  for (const [index, classes] of heaps.entries()) {
    for (const row of classes) {
      const key = `${row.kind} ${row.name}`;
      const known = rows.get(key) ?? { kind: row.kind, type: row.name, rows: heaps.map(() => undefined) };
      known.rows[index] = row;
      rows.set(key, known);
    }
  }
  return [...rows.values()]
    .map(({ kind, type, rows: found }) => ({
      kind,
      type,
      counts: found.map((row) => row?.count ?? 0),
      shallowBytes: found.map((row) => row?.shallowBytes ?? 0),
      retainedBytes: found.map((row) => row?.retainedBytes ?? 0),
    }))
    .filter(({ counts, shallowBytes }) => grownBy(counts) !== 0 || grownBy(shallowBytes) !== 0)
    .sort(
      (a, b) => grownBy(b.shallowBytes) - grownBy(a.shallowBytes) || grownBy(b.counts) - grownBy(a.counts),
    );
}

/** From the first number to the last. */
function grownBy(numbers: readonly number[]): number {
  return (numbers.at(-1) ?? 0) - (numbers[0] ?? 0);
}
