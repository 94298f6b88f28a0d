import type { HeapEdgeType } from './edge-word.js';

/** A reference between two objects, with its name decoded. */
export interface HeapEdge {
  /** Its place in the file. */
  readonly edge: number;
  readonly type: HeapEdgeType;
  /** A number for elements and hidden edges. */
  readonly name: string | number;
  readonly from: number;
  readonly to: number;
  /** Whether it counts for dominators and retained sizes; see edge-policy.ts. */
  readonly isEssential: boolean;
}
