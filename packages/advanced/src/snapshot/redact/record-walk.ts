import { snapshotFormatError } from '../snapshot-format-error.js';
import { nodeFieldOffset, type SnapshotLayout } from '../snapshot-layout.js';
import type { NumberStream } from './number-stream.js';

/** One node's numbers, as they come; used again for the next one. */
export interface NodeRecord {
  readonly fields: Float64Array;
  readonly type: number;
  readonly name: number;
  readonly edgeCount: number;
}

/** Reads the nodes of a snapshot one by one. */
export class NodeWalk {
  readonly nameField: number;
  private readonly numbers: NumberStream;
  private readonly fields: Float64Array;
  private readonly typeField: number;
  private readonly edgeCountField: number;
  private readonly record: { -readonly [Key in keyof NodeRecord]: NodeRecord[Key] };

  constructor(numbers: NumberStream, layout: SnapshotLayout) {
    this.numbers = numbers;
    this.fields = new Float64Array(layout.nodeLength);
    this.typeField = nodeFieldOffset(layout, 'type');
    this.nameField = nodeFieldOffset(layout, 'name');
    this.edgeCountField = nodeFieldOffset(layout, 'edge_count');
    this.record = { fields: this.fields, type: 0, name: 0, edgeCount: 0 };
  }

  next(): NodeRecord {
    const { fields, record } = this;
    for (let field = 0; field < fields.length; field++) fields[field] = this.numbers.next();
    record.type = fields[this.typeField] as number;
    record.name = fields[this.nameField] as number;
    record.edgeCount = fields[this.edgeCountField] as number;
    return record;
  }
}

/** One edge's numbers; used again for the next one. */
export interface EdgeRecord {
  readonly type: number;
  readonly nameOrIndex: number;
  readonly to: number;
}

/** Reads the edges of a snapshot one by one. V8's own order of the three fields is the only one there ever was. */
export class EdgeWalk {
  private readonly numbers: NumberStream;
  private readonly record: { -readonly [Key in keyof EdgeRecord]: EdgeRecord[Key] } = {
    type: 0,
    nameOrIndex: 0,
    to: 0,
  };

  constructor(numbers: NumberStream, layout: SnapshotLayout) {
    if (layout.edgeFields.join() !== 'type,name_or_index,to_node') {
      throw snapshotFormatError('edges of type, name_or_index and to_node', null, layout.edgeFields.join());
    }
    this.numbers = numbers;
  }

  next(): EdgeRecord {
    const { numbers, record } = this;
    record.type = numbers.next();
    record.nameOrIndex = numbers.next();
    record.to = numbers.next();
    return record;
  }
}
