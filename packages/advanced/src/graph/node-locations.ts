import { NumberArrayReader } from '../snapshot/number-array-reader.js';
import type { SnapshotLayout } from '../snapshot/snapshot-layout.js';
import type { ByteStore } from './byte-store.js';
import { GrowingInts } from './growing-ints.js';

/** Where a function, or the class of an object, stands in its script; counted from 1. */
export interface NodeLocation {
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

const PIECE_BYTES = 1 << 18;

/** The section `locations`, up to a fourteenth of the file, read when somebody asks for the first one: 16 bytes each. */
export class NodeLocations {
  private readonly nodes = new GrowingInts();
  private readonly scriptIds = new GrowingInts();
  private readonly lines = new GrowingInts();
  private readonly columns = new GrowingInts();
  private readonly order: Int32Array;

  constructor(
    layout: SnapshotLayout,
    store: ByteStore,
    section: { readonly from: number; readonly to: number },
  ) {
    this.readAll(layout, store, section);
    // V8 writes them in the order of its own table, which is not that of the nodes.
    this.order = Int32Array.from({ length: this.nodes.length }, (_, index) => index);
    this.order.sort((a, b) => this.nodes.get(a) - this.nodes.get(b));
  }

  get(node: number): NodeLocation | null {
    const { order, nodes } = this;
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (nodes.get(order[middle] as number) < node) low = middle + 1;
      else high = middle;
    }
    const found = order[low];
    if (found === undefined || nodes.get(found) !== node) return null;
    // V8 counts both from 0, or from less where a script was given an offset: before its first character.
    return {
      scriptId: this.scriptIds.get(found),
      line: Math.max(0, this.lines.get(found)) + 1,
      column: Math.max(0, this.columns.get(found)) + 1,
    };
  }

  private readAll(
    layout: SnapshotLayout,
    store: ByteStore,
    { from, to }: { readonly from: number; readonly to: number },
  ): void {
    const fields = layout.locationFields;
    const [node, scriptId, line, column] = ['object_index', 'script_id', 'line', 'column'].map((field) =>
      fields.indexOf(field),
    ) as [number, number, number, number];
    if (Math.min(node, scriptId, line, column) < 0) return;
    const reader = new NumberArrayReader(fields.length, (numbers, length) => {
      for (let at = 0; at < length; at += fields.length) {
        this.nodes.push((numbers[at + node] as number) / layout.nodeLength);
        this.scriptIds.push(numbers[at + scriptId] as number);
        this.lines.push(numbers[at + line] as number);
        this.columns.push(numbers[at + column] as number);
      }
    });
    for (let byteOffset = from; byteOffset < to && !reader.done; byteOffset += PIECE_BYTES) {
      const bytes = store.read(byteOffset, Math.min(PIECE_BYTES, to - byteOffset));
      reader.read({ bytes, byteOffset }, 0);
    }
  }
}
