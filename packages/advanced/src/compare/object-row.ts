import type { NodeKind } from '../snapshot/node-naming.js';

/** All live objects of one type. */
export interface ObjectRow {
  readonly kind: NodeKind;
  /** What a person reads: a constructor's name, `(closure) onData`, `(string)`. */
  readonly type: string;
  readonly count: number;
  /** Shallow sizes, added up. */
  readonly sizeBytes: number;
}
