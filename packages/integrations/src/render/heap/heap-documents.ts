import type {
  AccumulationPoint,
  ClassRow,
  DuplicateString,
  HeapComparison,
  HeapObject,
  ObjectRetainer,
  PackageBytes,
  PathGroup,
  UnheldObjects,
} from '@memx/advanced';

/** What `memx snapshot … --json` and `memx diff --json` print. Fields are added, never removed or changed in meaning. */
export interface SummaryDocument {
  readonly schema: 'memx.snapshot-summary/1';
  readonly file: string;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly totalBytes: number;
  readonly accumulations: readonly AccumulationPoint[];
  readonly types: readonly ClassRow[];
  readonly packages: readonly PackageBytes[];
  readonly strings: { readonly count: number; readonly sizeBytes: number; readonly wastedBytes: number };
  readonly unheld: UnheldObjects;
}

export interface TypesDocument {
  readonly schema: 'memx.snapshot-types/1';
  readonly file: string;
  readonly totalBytes: number;
  readonly types: readonly ClassRow[];
  /** How many there are; `types` may be cut. */
  readonly typeCount: number;
}

export interface RetainersDocument {
  readonly schema: 'memx.snapshot-retainers/1';
  readonly file: string;
  readonly object: HeapObject;
  /** How many objects match; the largest is told of. */
  readonly matchCount: number;
  readonly path: readonly string[];
  readonly retainers: readonly ObjectRetainer[];
  readonly retainerCount: number;
}

export interface PathsDocument {
  readonly schema: 'memx.snapshot-paths/1';
  readonly file: string;
  readonly totalBytes: number;
  readonly groups: readonly (PathGroup & { readonly largest: HeapObject })[];
  readonly groupCount: number;
  readonly matchCount: number;
  readonly unheldCount: number;
}

/** An object and what it alone holds. */
export interface DominatorEntry {
  readonly object: HeapObject;
  readonly heapShare: number;
  readonly path: readonly string[];
  /** The largest of what it dominates immediately. */
  readonly held: readonly HeapObject[];
  readonly heldCount: number;
}

export interface DominatorsDocument {
  readonly schema: 'memx.snapshot-dominators/1';
  readonly file: string;
  readonly totalBytes: number;
  readonly entries: readonly DominatorEntry[];
}

export interface StringsDocument {
  readonly schema: 'memx.snapshot-strings/1';
  readonly file: string;
  readonly count: number;
  readonly sizeBytes: number;
  readonly wastedBytes: number;
  readonly rows: readonly (Omit<DuplicateString, 'example'> & {
    readonly exampleId: number;
    readonly path: readonly string[];
    /** The text, cut; null unless values were asked for. */
    readonly text: string | null;
  })[];
}

export interface HeapDiffDocument extends HeapComparison {
  readonly schema: 'memx.snapshot-diff/1';
  readonly files: readonly string[];
}

export type HeapDocument =
  | SummaryDocument
  | TypesDocument
  | RetainersDocument
  | PathsDocument
  | DominatorsDocument
  | StringsDocument
  | HeapDiffDocument;
