import type { GrownType } from './growing-paths.js';
import type { IdCohort } from './id-cohorts.js';
import type { TypeGrowthRow } from './type-growth-rows.js';

/** What two or more heaps say beside each other. Sizes are bytes; lists of numbers have one for each heap, in order. */
export interface HeapComparison {
  readonly heaps: readonly { readonly nodeCount: number; readonly totalBytes: number }[];
  /** Whether ids mean the same objects in all of them. */
  readonly isSameProcess: boolean;
  readonly types: readonly TypeGrowthRow[];
  /** Where objects are added, most grown bytes first. */
  readonly paths: readonly GrowingPath[];
  /** Who is still alive of those that were born between two heaps; null for heaps of several processes. */
  readonly cohorts: readonly IdCohort[] | null;
}

/** A place that gathers objects, and the way to it. */
export interface GrowingPath {
  /** From the root to the objects that are added; the step before the last is what holds them. No ids, keys or indexes. */
  readonly path: readonly string[];
  readonly kind: string;
  /** Of the objects that are added. */
  readonly type: string;
  readonly counts: readonly number[];
  /** Growth of the shallow sizes of what is added and all below it, from the first heap to the last. */
  readonly grownBytes: number;
  /** In the last heap, what is reached through leaks only, shared equally among those that reach it. */
  readonly shareBytes: number;
  /** Of that, what is reached through this one only. */
  readonly exclusiveBytes: number;
  /** What it grew by, most bytes first. */
  readonly types: readonly GrownType[];
  /** The same for the same leak in every run and build. */
  readonly fingerprint: string;
}
