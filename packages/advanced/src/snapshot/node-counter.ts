import { cohortOf } from './cohort-boundaries.js';
import { NodeTally } from './node-tally.js';
import type { RecordTaker } from './record-array-reader.js';
import { type SnapshotChunk, snapshotFormatError } from './snapshot-format-error.js';
import type { SnapshotKernel } from './snapshot-kernel.js';
import { nodeFieldOffset, type SnapshotLayout } from './snapshot-layout.js';

/** Counts nodes by type, name and birth while they are read, and keeps none of them. */
export class NodeCounter implements RecordTaker {
  readonly recordLength: number;
  readonly mostRecords: number;
  readonly tallies: readonly NodeTally[];
  taken = 0;
  selfSizeBytes = 0;
  /** Of the objects in V8's heap, whose ids are odd. */
  maxObjectId = 0;
  private readonly boundaries: readonly number[];
  private readonly kernel: SnapshotKernel;
  private readonly at: Readonly<Record<'type' | 'name' | 'id' | 'size', number>>;

  constructor(layout: SnapshotLayout, boundaries: readonly number[], kernel: SnapshotKernel) {
    this.recordLength = layout.nodeLength;
    this.mostRecords = layout.nodeCount;
    this.tallies = layout.nodeTypes.map((type) => new NodeTally(type, boundaries.length + 1));
    this.boundaries = boundaries;
    this.kernel = kernel;
    this.at = {
      type: nodeFieldOffset(layout, 'type'),
      name: nodeFieldOffset(layout, 'name'),
      id: nodeFieldOffset(layout, 'id'),
      size: nodeFieldOffset(layout, 'self_size'),
    };
  }

  takeMany(chunk: SnapshotChunk, from: number, first: number): number {
    const { kernel, at: field, recordLength: length } = this;
    let at = from;
    let node = first;
    for (;;) {
      const count = kernel.takeRecords(chunk, at, { length, most: this.mostRecords - node });
      if (count === 0) break;
      const column = (offset: number) => kernel.column(offset, length);
      const [types, names] = [column(field.type), column(field.name)];
      const [ids, sizes] = [column(field.id), column(field.size)];
      for (let index = 0; index < count; index++) {
        this.add(
          types[index] as number,
          names[index] as number,
          ids[index] as number,
          sizes[index] as number,
        );
      }
      node += count;
      at = kernel.stoppedAt;
    }
    this.taken = node - first;
    return at;
  }

  takeOne(record: Float64Array): void {
    const { at } = this;
    this.add(
      record[at.type] as number,
      record[at.name] as number,
      record[at.id] as number,
      record[at.size] as number,
    );
  }

  /** Four numbers as they come: an object for each of millions of nodes would be garbage. */
  private add(type: number, name: number, id: number, sizeBytes: number): void {
    const tally = this.tallies[type];
    if (tally === undefined) {
      throw snapshotFormatError('the node types that the header lists in "nodes"', null, `type ${type}`);
    }
    const isInHeap = (id & 1) === 1;
    if (isInHeap && id > this.maxObjectId) this.maxObjectId = id;
    const cohort = isInHeap && this.boundaries.length > 0 ? cohortOf(id, this.boundaries) : 0;
    tally.add(tally.isNamed ? name : 0, cohort, sizeBytes);
    this.selfSizeBytes += sizeBytes;
  }
}
