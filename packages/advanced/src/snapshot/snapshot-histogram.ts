import type { NodeKind } from './node-naming.js';

/** Objects of one type that were born in one span of object ids. */
export interface TypeCohort {
  readonly count: number;
  readonly sizeBytes: number;
}

/** All live objects of one type. */
export interface TypeRow {
  readonly kind: NodeKind;
  /** What a person reads: a constructor's name, `(closure) onData`, `(string)`, `PropertyArray`. */
  readonly name: string;
  readonly count: number;
  /** Shallow sizes, added up. */
  readonly sizeBytes: number;
  /**
   * By birth: ids below the first boundary, from the first to the second, …, from the last boundary on. Ids grow in
   * the order in which V8 first saw the objects, so a boundary is the `maxObjectId` of an earlier snapshot plus 1,
   * provided that both came through one inspector session that stayed open: V8 forgets the ids when the session ends,
   * and after `v8.getHeapSnapshot()`, and then numbers all objects anew (Node 20, 22, 24 and 26).
   * V8 numbers native objects outside its heap apart (even ids; addresses on Node 20): they count as the oldest.
   */
  readonly cohorts: readonly TypeCohort[];
}

/** A heap snapshot counted by type. */
export interface SnapshotHistogram {
  /** All nodes, synthetic ones (roots) included. */
  readonly nodeCount: number;
  /** Shallow sizes of all nodes. */
  readonly selfSizeBytes: number;
  /** The largest id of an object in V8's heap; those born later get larger ones. */
  readonly maxObjectId: number;
  /** Largest first. */
  readonly types: readonly TypeRow[];
}
