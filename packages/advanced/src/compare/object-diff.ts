import type { NodeKind } from '../snapshot/node-naming.js';
import type { ObjectRow } from './object-row.js';

/** How one type changed. */
export interface ObjectDiffRow {
  readonly kind: NodeKind;
  readonly type: string;
  readonly countDelta: number;
  readonly sizeBytesDelta: number;
  readonly countBefore: number;
  readonly countAfter: number;
  readonly sizeBytesBefore: number;
  readonly sizeBytesAfter: number;
}

/** What changed between two object snapshots. */
export interface ObjectDiff {
  readonly elapsedMs: number;
  readonly nodeCountDelta: number;
  readonly sizeBytesDelta: number;
  /** The types that changed: what grew most in bytes first, what shrank most last. */
  readonly rows: readonly ObjectDiffRow[];
}

/** Compares row by row, by kind and type. Unchanged types are left out. */
export function diffObjectRows(before: readonly ObjectRow[], after: readonly ObjectRow[]): ObjectDiffRow[] {
  const earlier = new Map(before.map((row) => [identity(row), row]));
  const later = new Map(after.map((row) => [identity(row), row]));
  const gone = before.filter((row) => !later.has(identity(row)));
  return [
    ...after.map((row) => diffRow(earlier.get(identity(row)) ?? none(row), row)),
    ...gone.map((row) => diffRow(row, none(row))),
  ]
    .filter((row) => row.countDelta !== 0 || row.sizeBytesDelta !== 0)
    .sort(byGrowth);
}

function identity({ kind, type }: ObjectRow): string {
  return `${kind} ${type}`;
}

function none({ kind, type }: ObjectRow): ObjectRow {
  return { kind, type, count: 0, sizeBytes: 0 };
}

function diffRow(before: ObjectRow, after: ObjectRow): ObjectDiffRow {
  return {
    kind: after.kind,
    type: after.type,
    countDelta: after.count - before.count,
    sizeBytesDelta: after.sizeBytes - before.sizeBytes,
    countBefore: before.count,
    countAfter: after.count,
    sizeBytesBefore: before.sizeBytes,
    sizeBytesAfter: after.sizeBytes,
  };
}

function byGrowth(a: ObjectDiffRow, b: ObjectDiffRow): number {
  return b.sizeBytesDelta - a.sizeBytesDelta || b.countDelta - a.countDelta || (a.type < b.type ? -1 : 1);
}
