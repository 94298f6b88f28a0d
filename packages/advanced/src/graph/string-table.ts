import { snapshotFormatError } from '../snapshot/snapshot-format-error.js';
import type { ByteStore } from './byte-store.js';
import type { StringOffsets } from './string-offsets.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Names asked for one after the other are often the same few. */
const MOST_REMEMBERED = 4096;

/** The strings of a snapshot, left where they are and decoded when asked for: 2 to 10 µs each. */
export class StringTable {
  private readonly offsets: StringOffsets;
  private readonly endOffset: number;
  private readonly store: ByteStore;
  private remembered = new Map<number, string>();

  /** `endOffset`: just behind the last string's closing quote. */
  constructor(offsets: StringOffsets, endOffset: number, store: ByteStore) {
    this.offsets = offsets;
    this.endOffset = endOffset;
    this.store = store;
  }

  get count(): number {
    return this.offsets.count;
  }

  /** @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT` for an index that the snapshot does not have */
  get(index: number): string {
    const known = this.remembered.get(index);
    if (known !== undefined) return known;
    const text = this.decode(index);
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered = new Map();
    this.remembered.set(index, text);
    return text;
  }

  private decode(index: number): string {
    if (index >= this.count) {
      throw snapshotFormatError(`one of its ${this.count} strings`, null, `string ${index}`);
    }
    const from = this.offsets.get(index);
    const to = index + 1 < this.count ? this.offsets.get(index + 1) : this.endOffset;
    const bytes = this.store.read(from, to - from);
    // Up to the next string's start there are the closing quote, a comma and whatever whitespace there is.
    const closing = bytes.lastIndexOf(QUOTE, index + 1 < this.count ? bytes.length - 2 : bytes.length - 1);
    const text = bytes.toString('utf8', 0, closing);
    return bytes.subarray(0, closing).includes(BACKSLASH) ? unescapeString(text, from) : text;
  }
}

function unescapeString(text: string, byteOffset: number): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    throw snapshotFormatError('a string with valid escapes', byteOffset, text);
  }
}
