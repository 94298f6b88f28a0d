import { snapshotFormatError } from '../snapshot-format-error.js';
import { ByteReader } from './byte-reader.js';
import { IN_CODE, NameRoles, wordsToFind } from './name-roles.js';
import { NumberStream } from './number-stream.js';
import { EdgeWalk, NodeWalk } from './record-walk.js';
import type { SectionIndex } from './section-index.js';
import { StringScanner, textOf } from './string-scanner.js';
import { TextRoles } from './text-roles.js';
import type { Turns } from './turns.js';

/** What all passes over the file share. */
export interface SnapshotPass {
  readonly fd: number;
  readonly reader: ByteReader;
  readonly sections: SectionIndex;
  readonly turns: Turns;
}

/** @see {@link findTextRoles} */
export interface FoundRoles {
  readonly texts: TextRoles;
  readonly names: NameRoles;
}

/**
 * Reads the whole file to learn what each text serves as. The texts come last, so it begins with them: a few of V8's
 * words must be known by index. Then nodes and edges side by side, then the nodes again for the texts that edges from
 * code lead to.
 */
export async function findTextRoles(pass: SnapshotPass): Promise<FoundRoles> {
  const { count, words } = await findWords(pass);
  const names = new NameRoles(pass.sections.layout, words);
  const texts = new TextRoles(count);
  const fromCode = await markReferences(pass, names, texts);
  await markCodeTexts(pass, { names, texts, fromCode });
  return { texts, names };
}

/** Puts the reader at a section's opening bracket. */
export function seekSection({ reader, sections, turns }: SnapshotPass, name: string): ByteReader {
  const offset = sections.offsets.get(name) as number;
  reader.seek(offset);
  turns.startAt(offset);
  return reader;
}

/** A second place in the file, for what is read side by side. */
export function openBeside({ fd, sections }: SnapshotPass, name: string): ByteReader {
  const reader = new ByteReader(fd);
  reader.seek(sections.offsets.get(name) as number);
  return reader;
}

async function findWords(pass: SnapshotPass): Promise<{ count: number; words: Map<string, number> }> {
  const { turns } = pass;
  const reader = seekSection(pass, 'strings');
  const strings = new StringScanner(reader);
  const lengths: boolean[] = [];
  for (const word of wordsToFind) lengths[word.length] = true;
  const words = new Map<string, number>();
  let count = 0;
  for (let span = strings.next(); span !== null; span = strings.next()) {
    if (lengths[span.end - span.start]) {
      const text = textOf(span);
      if (wordsToFind.has(text)) words.set(text, count);
    }
    count++;
    if (turns.isDue(reader.position)) await turns.take(reader.position);
  }
  return { count, words };
}

/** @returns a bit for each node that an edge from code leads to */
async function markReferences(pass: SnapshotPass, names: NameRoles, texts: TextRoles): Promise<Uint8Array> {
  const { sections, turns } = pass;
  const { layout } = sections;
  const nodeNumbers = new NumberStream(openBeside(pass, 'nodes'));
  const nodes = new NodeWalk(nodeNumbers, layout);
  const reader = seekSection(pass, 'edges');
  const edgeNumbers = new NumberStream(reader);
  const edges = new EdgeWalk(edgeNumbers, layout);
  // No faster than the file says so: a header may promise anything.
  let fromCode = new Uint8Array(1024);
  let edgesRead = 0;
  const fieldCount = layout.nodeCount * layout.nodeLength;
  for (let index = 0; index < layout.nodeCount; index++) {
    const { type, name, edgeCount } = nodes.next();
    texts.add(name, names.ofNode(type, name));
    const isHolder = names.holdsCodeTexts(name);
    edgesRead += edgeCount;
    for (let left = edgeCount; left > 0; left--) {
      const edge = edges.next();
      const role = names.ofEdge(edge.type);
      if (role !== null) texts.add(edge.nameOrIndex, role);
      if (edge.to >= fieldCount) throw snapshotFormatError('edges to nodes of this file', reader.position);
      if (isHolder || (role !== null && names.isNameField(edge.nameOrIndex))) {
        const to = Math.floor(edge.to / layout.nodeLength);
        if (to >> 3 >= fromCode.length)
          fromCode = withRoomFor(fromCode, Math.min(to * 2, layout.nodeCount) >> 3);
        fromCode[to >> 3] = (fromCode[to >> 3] as number) | (1 << (to & 7));
      }
      if (turns.isDue(reader.position)) await turns.take(reader.position);
    }
  }
  nodeNumbers.end();
  edgeNumbers.end();
  if (edgesRead !== layout.edgeCount) {
    throw snapshotFormatError(
      `${layout.edgeCount} edges, as the header promises`,
      reader.position,
      `${edgesRead}`,
    );
  }
  return fromCode;
}

function withRoomFor(bits: Uint8Array<ArrayBuffer>, byte: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(byte + 1);
  larger.set(bits);
  return larger;
}

async function markCodeTexts(
  pass: SnapshotPass,
  { names, texts, fromCode }: FoundRoles & { readonly fromCode: Uint8Array },
): Promise<void> {
  const { turns, sections } = pass;
  const reader = seekSection(pass, 'nodes');
  const nodes = new NodeWalk(new NumberStream(reader), sections.layout);
  for (let index = 0; index < sections.layout.nodeCount; index++) {
    const { type, name } = nodes.next();
    if ((fromCode[index >> 3] ?? 0) & (1 << (index & 7)) && names.isString(type)) texts.add(name, IN_CODE);
    if (turns.isDue(reader.position)) await turns.take(reader.position);
  }
}
