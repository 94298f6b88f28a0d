import { cohortOf } from './cohort-boundaries.js';
import { isNamedType } from './node-naming.js';
import { NodeTally } from './node-tally.js';
import type { RecordTaker } from './record-array-reader.js';
import { type SnapshotChunk, snapshotFormatError } from './snapshot-format-error.js';
import type { CountingRules, NodeCount, SnapshotKernel } from './snapshot-kernel.js';
import { nodeFieldOffset, type SnapshotLayout } from './snapshot-layout.js';

/** What V8's records have begun with in all versions so far, and what the kernel's loop takes. */
const USUAL_FIELDS = 'type,name,id,self_size,edge_count';

/** What is known of all nodes, once they are read. */
export interface NodeCounts {
  readonly tallies: readonly NodeTally[];
  readonly selfSizeBytes: number;
  /** Of the objects in V8's heap, whose ids are odd. */
  readonly maxObjectId: number;
}

/** Counts nodes by type, name and birth while they are read, and keeps none of them. */
export class NodeCounter implements RecordTaker {
  readonly recordLength: number;
  readonly mostRecords: number;
  taken = 0;
  private readonly tallies: readonly NodeTally[];
  private readonly kernel: SnapshotKernel;
  private readonly rules: CountingRules;
  private readonly isFast: boolean;
  private readonly at: Readonly<Record<'type' | 'name' | 'id' | 'size', number>>;
  private selfSizeBytes = 0;
  private maxObjectId = 0;

  constructor(layout: SnapshotLayout, boundaries: readonly number[], kernel: SnapshotKernel) {
    this.recordLength = layout.nodeLength;
    this.mostRecords = layout.nodeCount;
    this.tallies = layout.nodeTypes.map((type) => new NodeTally(type, boundaries.length + 1));
    this.kernel = kernel;
    this.rules = { fields: layout.nodeLength, isNamed: layout.nodeTypes.map(isNamedType), boundaries };
    this.isFast = layout.nodeFields.slice(0, 5).join() === USUAL_FIELDS && kernel.prepareCounting(this.rules);
    this.at = {
      type: nodeFieldOffset(layout, 'type'),
      name: nodeFieldOffset(layout, 'name'),
      id: nodeFieldOffset(layout, 'id'),
      size: nodeFieldOffset(layout, 'self_size'),
    };
  }

  takeMany(chunk: SnapshotChunk, from: number, first: number): number {
    const { kernel, rules } = this;
    let at = from;
    let node = first;
    for (;;) {
      const count = this.isFast ? kernel.countNodes(chunk, at, { rules, most: this.mostRecords - node }) : 0;
      if (count > 0) at = kernel.stoppedAt;
      node += count;
      if (kernel.isCountingFull) kernel.takeCounts(this.addCounted);
      else if (count === 0) break;
    }
    this.taken = node - first;
    return at;
  }

  takeOne(record: Float64Array): void {
    const { at, rules, tallies } = this;
    const type = record[at.type] as number;
    const id = record[at.id] as number;
    const sizeBytes = record[at.size] as number;
    const tally = tallies[type];
    if (tally === undefined) {
      throw snapshotFormatError('the node types that the header lists in "nodes"', null, `type ${type}`);
    }
    const isInHeap = (id & 1) === 1;
    if (isInHeap && id > this.maxObjectId) this.maxObjectId = id;
    const cohort = isInHeap ? cohortOf(id, rules.boundaries) : 0;
    tally.add(tally.isNamed ? (record[at.name] as number) : 0, cohort, { count: 1, sizeBytes });
    this.selfSizeBytes += sizeBytes;
  }

  /** To be called when all nodes are read. */
  finish(): NodeCounts {
    this.kernel.takeCounts(this.addCounted);
    const maxObjectId = Math.max(this.maxObjectId, this.kernel.largestId);
    return { tallies: this.tallies, selfSizeBytes: this.selfSizeBytes, maxObjectId };
  }

  private readonly addCounted = ({ type, name, cohort, count, sizeBytes }: NodeCount): void => {
    this.tallies[type]?.add(name, cohort, { count, sizeBytes });
    this.selfSizeBytes += sizeBytes;
  };
}
