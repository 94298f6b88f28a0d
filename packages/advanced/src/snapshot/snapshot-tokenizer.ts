import { CLOSE_OBJECT, COLON, COMMA, isWhitespace, OPEN_OBJECT, QUOTE } from './json-bytes.js';
import { JsonValueScanner } from './json-value-scanner.js';
import { NumberArrayScanner } from './number-array-scanner.js';
import { type SnapshotChunk, snapshotFormatError, unexpectedByte } from './snapshot-format-error.js';
import { readSnapshotLayout, type SnapshotLayout } from './snapshot-layout.js';
import type { RecordReader, ValueReader } from './value-reader.js';

/**
 * What a reader of snapshots wants to hear, in the order of the file. Sections without a reader are passed over.
 * `byteOffset` is where the section's value begins in the file.
 */
export interface SnapshotSections {
  takeLayout(layout: SnapshotLayout): void;
  startNodes(layout: SnapshotLayout, byteOffset: number): RecordReader;
  startEdges?(layout: SnapshotLayout, byteOffset: number): RecordReader;
  startLocations?(byteOffset: number): ValueReader | undefined;
  /** Strings come last in the file: by now it is known which of them are wanted. */
  startStrings(byteOffset: number): ValueReader;
}

/** The header is 1 to 2 KiB; one of a megabyte is somebody else's file. */
const HEADER_LIMIT_BYTES = 1 << 20;
const KEY_LIMIT_BYTES = 1 << 10;

type Expecting = 'object' | 'key' | 'rest-of-key' | 'colon' | 'value' | 'rest-of-value' | 'comma' | 'nothing';

/**
 * The outermost object of a .heapsnapshot: cuts it into its sections and hands each to a reader of its own.
 * Bytes come in pieces of any size. Unknown sections (`scopes`, whatever comes next) are passed over.
 */
export class SnapshotTokenizer {
  private readonly sections: SnapshotSections;
  private layout: SnapshotLayout | null = null;
  private nodes: RecordReader | null = null;
  private edges: RecordReader | null = null;
  private readonly seen = new Set<string>();
  private expecting: Expecting = 'object';
  private section = '';
  private key = new JsonValueScanner(KEY_LIMIT_BYTES);
  private header = new JsonValueScanner(HEADER_LIMIT_BYTES);
  private value: ValueReader = this.header;
  private byteOffset = 0;

  constructor(sections: SnapshotSections) {
    this.sections = sections;
  }

  write(bytes: Buffer): void {
    const chunk: SnapshotChunk = { bytes, byteOffset: this.byteOffset };
    let at = 0;
    while (at < bytes.length) {
      if (this.expecting === 'rest-of-value') at = this.readValue(chunk, at);
      else if (this.expecting === 'rest-of-key') at = this.readKey(chunk, at);
      else if (isWhitespace(bytes[at] as number)) at++;
      else at = this.takeByte(chunk, at);
    }
    this.byteOffset += bytes.length;
  }

  /** @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT` when the text stopped early or lacks a section. */
  end(): void {
    if (this.expecting !== 'nothing') {
      const where = this.section === '' ? '' : ` in or after "${this.section}"`;
      throw snapshotFormatError(`more text${where}; the snapshot is cut short`, this.byteOffset);
    }
  }

  /** A byte outside of keys and values. What begins a key or a value is left to its reader. */
  private takeByte(chunk: SnapshotChunk, at: number): number {
    const byte = chunk.bytes[at];
    if (this.expecting === 'value') {
      this.value = this.startValue(chunk, at);
      this.expecting = 'rest-of-value';
      return at;
    }
    if (this.expecting === 'key' && byte === QUOTE) {
      this.key = new JsonValueScanner(KEY_LIMIT_BYTES);
      this.expecting = 'rest-of-key';
      return at;
    }
    if (this.expecting === 'object' && byte === OPEN_OBJECT) this.expecting = 'key';
    else if (this.expecting === 'colon' && byte === COLON) this.expecting = 'value';
    else if (this.expecting === 'comma' && byte === COMMA) this.expecting = 'key';
    else if (this.expecting === 'comma' && byte === CLOSE_OBJECT) this.finish(chunk, at);
    else throw unexpectedByte(EXPECTED[this.expecting], chunk, at);
    return at + 1;
  }

  private readKey(chunk: SnapshotChunk, from: number): number {
    const at = this.key.read(chunk, from);
    if (this.key.done) {
      this.section = this.key.text.slice(1, -1);
      this.expecting = 'colon';
    }
    return at;
  }

  private readValue(chunk: SnapshotChunk, from: number): number {
    const at = this.value.read(chunk, from);
    if (this.value.done) {
      this.expecting = 'comma';
      this.finishValue(chunk, at);
    }
    return at;
  }

  private startValue(chunk: SnapshotChunk, at: number): ValueReader {
    const { sections, seen } = this;
    if (seen.has(this.section)) throw unexpectedByte(`"${this.section}" no second time`, chunk, at);
    seen.add(this.section);
    const byteOffset = chunk.byteOffset + at;
    switch (this.section) {
      case 'snapshot':
        return this.header;
      case 'nodes':
        this.nodes = sections.startNodes(this.needLayout(chunk, at), byteOffset);
        return this.nodes;
      case 'edges':
        if (sections.startEdges === undefined) return new NumberArrayScanner();
        if (this.nodes === null) throw unexpectedByte('"nodes" before "edges"', chunk, at);
        this.edges = sections.startEdges(this.needLayout(chunk, at), byteOffset);
        return this.edges;
      case 'locations':
        return sections.startLocations?.(byteOffset) ?? new NumberArrayScanner();
      case 'strings':
        if (this.nodes === null) throw unexpectedByte('"nodes" before "strings"', chunk, at);
        return sections.startStrings(byteOffset);
      default:
        return new JsonValueScanner();
    }
  }

  private finishValue(chunk: SnapshotChunk, at: number): void {
    const byteOffset = chunk.byteOffset + at;
    if (this.value === this.header) {
      this.layout = readSnapshotLayout(this.header.text, byteOffset);
      this.sections.takeLayout(this.layout);
    } else if (this.value === this.nodes) {
      checkCount('nodes', this.nodes.recordCount, { promised: this.layout?.nodeCount, byteOffset });
    } else if (this.value === this.edges) {
      checkCount('edges', this.edges.recordCount, { promised: this.layout?.edgeCount, byteOffset });
    }
  }

  private finish(chunk: SnapshotChunk, at: number): void {
    if (!this.seen.has('strings')) throw unexpectedByte('the section "strings"', chunk, at);
    this.expecting = 'nothing';
  }

  private needLayout(chunk: SnapshotChunk, at: number): SnapshotLayout {
    if (this.layout === null) throw unexpectedByte(`"snapshot" before "${this.section}"`, chunk, at);
    return this.layout;
  }
}

const EXPECTED: Readonly<Record<Expecting, string>> = {
  object: '"{"',
  key: 'the name of a section',
  'rest-of-key': 'the name of a section',
  colon: '":"',
  value: 'a value',
  'rest-of-value': 'a value',
  comma: '"," or "}"',
  nothing: 'the end of the file',
};

function checkCount(
  section: string,
  read: number,
  { promised, byteOffset }: { promised: number | undefined; byteOffset: number },
): void {
  if (read !== promised) {
    throw snapshotFormatError(
      `${promised} ${section}, as the header promises, before`,
      byteOffset,
      `${read}`,
    );
  }
}
