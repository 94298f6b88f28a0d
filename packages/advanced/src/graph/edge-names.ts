import { CLOSE_ARRAY, COMMA } from '../snapshot/json-bytes.js';
import { edgeFieldOffset, type SnapshotLayout } from '../snapshot/snapshot-layout.js';
import type { ByteStore } from './byte-store.js';

const ZERO = 0x30;

/** Where every 256th edge begins is kept: a thirty-second of a byte per edge, and 4 KiB of text to read for a name. */
export const EDGES_PER_MARK = 256;

/**
 * The second number of each edge, read again from the text when asked for: four bytes per edge would be the largest
 * column but one, and hardly any name is ever asked for. The 256 edges around the last one asked for are remembered.
 */
export class EdgeNames {
  private readonly recordLength: number;
  private readonly marks: Float64Array;
  private readonly endOffset: number;
  private readonly store: ByteStore;
  private readonly nameOffset: number;
  private readonly block = new Float64Array(EDGES_PER_MARK);
  private blockIndex = -1;

  /** `endOffset`: behind the last edge. */
  constructor(
    layout: SnapshotLayout,
    { marks, endOffset, store }: { marks: Float64Array; endOffset: number; store: ByteStore },
  ) {
    this.recordLength = layout.edgeLength;
    this.marks = marks;
    this.endOffset = endOffset;
    this.store = store;
    this.nameOffset = edgeFieldOffset(layout, 'name_or_index');
  }

  /** The index of a string, or of an element. */
  get(edge: number): number {
    const index = Math.floor(edge / EDGES_PER_MARK);
    if (index !== this.blockIndex) this.readBlock(index);
    return this.block[edge % EDGES_PER_MARK] as number;
  }

  private readBlock(index: number): void {
    const { marks, recordLength, block, nameOffset } = this;
    const from = marks[index] as number;
    const to = marks[index + 1] ?? this.endOffset;
    const text = this.store.read(from, to - from);
    this.blockIndex = index;
    let field = 0;
    let filled = 0;
    let value = 0;
    // The text was read and checked once: digits, and one comma or the last bracket behind each number.
    for (const byte of text) {
      if (byte >= ZERO && byte <= ZERO + 9) value = value * 10 + (byte - ZERO);
      else if (byte === COMMA || byte === CLOSE_ARRAY) {
        if (field === nameOffset) block[filled++] = value;
        value = 0;
        field = field + 1 === recordLength ? 0 : field + 1;
      }
    }
  }
}
