import { describeNode } from '../../src/snapshot/node-naming.js';
import type { SnapshotHistogram } from '../../src/snapshot/snapshot-histogram.js';

interface SnapshotJson {
  readonly snapshot: {
    readonly meta: { readonly node_fields: string[]; readonly node_types: (string | string[])[] };
  };
  readonly nodes: number[];
  readonly strings: string[];
}

/** The slow model: the whole text as one object, one Map, nothing clever. */
export function slowHistogram(text: string, boundaries: readonly number[] = []): SnapshotHistogram {
  const { snapshot, nodes, strings } = JSON.parse(text) as SnapshotJson;
  const fields = snapshot.meta.node_fields;
  const types = snapshot.meta.node_types[0] as string[];
  const rows = new Map<string, SnapshotHistogram['types'][number]>();
  const totals = { nodeCount: 0, selfSizeBytes: 0, maxObjectId: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    const field = (name: string) => nodes[at + fields.indexOf(name)] as number;
    const [id, size] = [field('id'), field('self_size')];
    totals.nodeCount++;
    totals.selfSizeBytes += size;
    if (id % 2 === 1) totals.maxObjectId = Math.max(totals.maxObjectId, id);
    const described = describeNode(types[field('type')] as string, strings[field('name')] as string);
    if (described === null) continue;
    const key = JSON.stringify(described);
    const empty = {
      ...described,
      count: 0,
      sizeBytes: 0,
      cohorts: [0, ...boundaries].map(() => ({ count: 0, sizeBytes: 0 })),
    };
    const row = rows.get(key) ?? empty;
    const born = id % 2 === 1 ? boundaries.filter((boundary) => id >= boundary).length : 0;
    const add = <T extends { count: number; sizeBytes: number }>(total: T): T => ({
      ...total,
      count: total.count + 1,
      sizeBytes: total.sizeBytes + size,
    });
    rows.set(key, {
      ...add(row),
      cohorts: row.cohorts.map((cohort, index) => (index === born ? add(cohort) : cohort)),
    });
  }
  return { ...totals, types: [...rows.values()] };
}

/** Rows in an order of their own, so that two histograms can be compared whole. */
export function inNameOrder(histogram: SnapshotHistogram): SnapshotHistogram {
  const key = (row: { kind: string; name: string }) => `${row.kind} ${row.name}`;
  return { ...histogram, types: [...histogram.types].sort((a, b) => (key(a) < key(b) ? -1 : 1)) };
}
