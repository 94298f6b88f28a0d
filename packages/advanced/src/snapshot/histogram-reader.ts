import { checkCohortBoundaries } from './cohort-boundaries.js';
import { NodeCounter, type NodeCounts } from './node-counter.js';
import { describeNode, type NodeDescription } from './node-naming.js';
import { RecordArrayReader } from './record-array-reader.js';
import type { SnapshotHistogram, TypeCohort, TypeRow } from './snapshot-histogram.js';
import { SnapshotKernel } from './snapshot-kernel.js';
import { SnapshotTokenizer } from './snapshot-tokenizer.js';
import { StringArrayReader } from './string-array-reader.js';

/** @see {@link HistogramReader} */
export interface HistogramOptions {
  /** Object ids, ascending, that part the objects of each type by birth. See {@link TypeRow.cohorts}. Default none. */
  readonly cohortBoundaries?: readonly number[];
}

/**
 * Counts the objects of a heap snapshot by type while its text comes in, in pieces of any size.
 *
 * Push style, because V8's inspector hands the text over in synchronous calls. Memory: a few MiB and the distinct names,
 * whatever the size of the snapshot. Time: see {@link readHistogramFile}.
 *
 * ```ts
 * const reader = new HistogramReader();
 * for (const chunk of chunks) reader.write(chunk);
 * const { types } = reader.end();
 * ```
 *
 * Sections that a histogram does not need (edges, locations, …) are passed over and not validated.
 */
export class HistogramReader {
  private readonly boundaries: readonly number[];
  private readonly tokenizer: SnapshotTokenizer;
  private readonly names = new Map<number, string>();
  private readonly kernel = new SnapshotKernel();
  private counter: NodeCounter | null = null;
  private counts: NodeCounts | null = null;
  private nodeCount = 0;
  private scratch = Buffer.alloc(0);
  private failure: unknown;

  /** @throws MemxError `ERR_MEMX_INVALID_OPTION` */
  constructor(options: HistogramOptions = {}) {
    this.boundaries = checkCohortBoundaries(options.cohortBoundaries ?? []);
    this.tokenizer = new SnapshotTokenizer({
      takeLayout: ({ nodeCount }) => {
        this.nodeCount = nodeCount;
      },
      startNodes: (layout) => {
        this.counter = new NodeCounter(layout, this.boundaries, this.kernel);
        return new RecordArrayReader(this.counter);
      },
      startStrings: () => this.startStrings(),
    });
  }

  /**
   * Takes the next piece of the text. The bytes are not kept: the caller may use their memory again.
   *
   * @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT` with the byte's offset; every later call throws the same error
   */
  write(chunk: string | Uint8Array): void {
    this.guarded(() => this.tokenizer.write(this.toBuffer(chunk)));
  }

  /**
   * The histogram, once the text is whole.
   *
   * @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT` when it is not
   */
  end(): SnapshotHistogram {
    this.guarded(() => this.tokenizer.end());
    const { selfSizeBytes = 0, maxObjectId = 0 } = this.counts ?? {};
    return { nodeCount: this.nodeCount, selfSizeBytes, maxObjectId, types: this.mergeRows() };
  }

  /** After an error the tokenizer stands in the middle of something: it must not go on. */
  private guarded(step: () => void): void {
    if (this.failure !== undefined) throw this.failure;
    try {
      step();
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  private toBuffer(chunk: string | Uint8Array): Buffer {
    if (typeof chunk !== 'string') return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    // One scratch buffer for all: the inspector sends hundreds of strings, and each new buffer waits for a collection.
    const needed = chunk.length * 3;
    if (this.scratch.length < needed) this.scratch = Buffer.allocUnsafeSlow(needed);
    return this.scratch.subarray(0, this.scratch.write(chunk, 'utf8'));
  }

  private startStrings(): StringArrayReader {
    this.counts = this.counter?.finish() ?? null;
    const wanted = new Set<number>();
    for (const tally of this.counts?.tallies ?? []) {
      if (tally.isNamed) for (const key of tally.keysInUse()) wanted.add(key);
    }
    return new StringArrayReader(
      Uint32Array.from(wanted).sort(),
      (index, text) => {
        this.names.set(index, text);
      },
      this.kernel,
    );
  }

  /** Different string indexes may print as the same name: rows are made here, by kind and printed name. */
  private mergeRows(): TypeRow[] {
    const rowsOfKind = new Map<string, Map<string, GrowingRow>>();
    for (const tally of this.counts?.tallies ?? []) {
      for (const { key, cohorts } of tally.entries()) {
        const described = describeNode(tally.type, tally.isNamed ? (this.names.get(key) ?? '') : '');
        if (described === null) continue;
        const rows = rowsOfKind.get(described.kind) ?? new Map<string, GrowingRow>();
        rowsOfKind.set(described.kind, rows);
        const row = rows.get(described.name);
        if (row === undefined) rows.set(described.name, startRow(described, cohorts));
        else addCohorts(row, cohorts);
      }
    }
    const rows = [...rowsOfKind.values()].flatMap((ofKind) => [...ofKind.values()]);
    return rows.sort((a, b) => b.sizeBytes - a.sizeBytes || (a.name < b.name ? -1 : 1));
  }
}

type Growing<T> = { -readonly [Key in keyof T]: T[Key] };
type GrowingCohort = Growing<TypeCohort>;
type GrowingRow = Growing<Omit<TypeRow, 'cohorts'>> & { cohorts: GrowingCohort[] };

function startRow({ kind, name }: NodeDescription, cohorts: readonly TypeCohort[]): GrowingRow {
  const row: GrowingRow = { kind, name, count: 0, sizeBytes: 0, cohorts: [] };
  for (const cohort of cohorts) {
    row.cohorts.push(cohort);
    row.count += cohort.count;
    row.sizeBytes += cohort.sizeBytes;
  }
  return row;
}

function addCohorts(row: GrowingRow, cohorts: readonly TypeCohort[]): void {
  for (let index = 0; index < cohorts.length; index++) {
    const { count, sizeBytes } = cohorts[index] as TypeCohort;
    const total = row.cohorts[index] as GrowingCohort;
    total.count += count;
    total.sizeBytes += sizeBytes;
    row.count += count;
    row.sizeBytes += sizeBytes;
  }
}
