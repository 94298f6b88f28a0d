import { CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from '../json-bytes.js';
import { snapshotFormatError } from '../snapshot-format-error.js';
import { readSnapshotLayout, type SnapshotLayout } from '../snapshot-layout.js';
import type { ByteReader } from './byte-reader.js';
import { passOverString } from './string-scanner.js';

/** Where the parts of a snapshot begin (at their opening bracket), and what its header says. */
export interface SectionIndex {
  readonly layout: SnapshotLayout;
  readonly header: Readonly<Record<string, unknown>>;
  readonly offsets: ReadonlyMap<string, number>;
  /** Where the file's own object ends. */
  readonly endOffset: number;
}

/** V8's own header is 1 to 2 KiB; one of a megabyte is somebody else's file. */
const HEADER_LIMIT_BYTES = 1 << 20;
const NAME_LIMIT_BYTES = 1 << 10;
/** Flat lists of numbers: the first `]` ends them. */
const NUMBER_SECTIONS: ReadonlySet<string> = new Set([
  'nodes',
  'edges',
  'trace_function_infos',
  'samples',
  'locations',
]);

/**
 * Goes once through the file and notes where each part begins.
 *
 * @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT`
 */
export function indexSections(reader: ByteReader): SectionIndex {
  const offsets = new Map<string, number>();
  let header = '';
  reader.expect(OPEN_OBJECT);
  do {
    const name = readName(reader);
    reader.expect(COLON);
    const opening = reader.peekPastWhitespace();
    if (offsets.has(name)) throw snapshotFormatError(`"${name}" no second time`, reader.position);
    offsets.set(name, reader.position);
    if (name === 'snapshot') header = readRaw(reader, HEADER_LIMIT_BYTES);
    else if (NUMBER_SECTIONS.has(name) && opening === OPEN_ARRAY) reader.skipPast(CLOSE_ARRAY);
    else passOverValue(reader);
  } while (goesOn(reader));
  const endOffset = reader.position;
  if (reader.peekPastWhitespace() >= 0) throw snapshotFormatError('the end of the file', reader.position);
  for (const name of ['snapshot', 'nodes', 'edges', 'strings']) {
    if (!offsets.has(name)) throw snapshotFormatError(`the section "${name}" before`, endOffset);
  }
  return { layout: readSnapshotLayout(header, endOffset), header: JSON.parse(header), offsets, endOffset };
}

function goesOn(reader: ByteReader): boolean {
  if (reader.peekPastWhitespace() === COMMA) {
    reader.expect(COMMA);
    return true;
  }
  reader.expect(CLOSE_OBJECT);
  return false;
}

function readName(reader: ByteReader): string {
  if (reader.peekPastWhitespace() !== QUOTE) reader.expect(QUOTE);
  return readRaw(reader, NAME_LIMIT_BYTES).slice(1, -1);
}

/** The text of a value, which `passOverValue` could also go by. */
function readRaw(reader: ByteReader, limitBytes: number): string {
  const from = reader.position;
  passOverValue(reader);
  const length = reader.position - from;
  if (length > limitBytes)
    throw snapshotFormatError(`a name or header of at most ${limitBytes} bytes`, from, `${length}`);
  reader.seek(from);
  const bytes = Buffer.alloc(length);
  for (let index = 0; index < length; index++) bytes[index] = reader.next();
  return bytes.toString('utf8');
}

/** One value of any kind, by brackets and quotes alone. */
function passOverValue(reader: ByteReader): void {
  let depth = 0;
  do {
    const byte = reader.peekPastWhitespace();
    if (byte === QUOTE) passOverString(reader);
    else if (depth === 0 && (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY)) return;
    else {
      reader.next();
      if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth++;
      else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth--;
      else if (depth === 0) passOverScalar(reader);
    }
  } while (depth > 0);
}

function passOverScalar(reader: ByteReader): void {
  for (;;) {
    const byte = reader.peek();
    if (byte < 0 || byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) return;
    reader.next();
  }
}
