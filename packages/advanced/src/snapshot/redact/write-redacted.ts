import { CLOSE_ARRAY, COMMA, OPEN_ARRAY, QUOTE } from '../json-bytes.js';
import type { ByteSink } from '../whole-file.js';
import { collectBuiltinNames } from './builtin-names.js';
import type { ByteSpan } from './byte-reader.js';
import { type FoundRoles, openBeside, type SnapshotPass, seekSection } from './find-text-roles.js';
import { keepMeta } from './kept-meta.js';
import { IN_CODE, SPLIT, VALUE } from './name-roles.js';
import { isKeptCodeName, NameRules } from './name-rules.js';
import { NameSet } from './name-set.js';
import { NumberStream } from './number-stream.js';
import { EdgeWalk, NodeWalk } from './record-walk.js';
import type { RedactionLevel } from './redaction-level.js';
import { StringScanner, textOf } from './string-scanner.js';
import { TextWriter } from './text-writer.js';
import type { ValueHash } from './value-hash.js';

interface Redaction extends SnapshotPass {
  readonly roles: FoundRoles;
  readonly level: RedactionLevel;
  readonly hash: ValueHash;
  readonly sink: ByteSink;
}

/** What of the header is V8's own; anything else may be data. */
const HEADER_NUMBERS = ['node_count', 'edge_count', 'trace_function_count', 'extra_native_bytes'];
/** Sections that hold nothing but numbers; others are left out. `trace_tree` is nested. */
const COPIED_SECTIONS = ['trace_function_infos', 'trace_tree', 'samples', 'locations'];
/** An index this far beyond an object's number of references is no position in a list: it is a key. */
const SPARSE_FACTOR = 4;
const SMALL_INDEX: Readonly<Record<RedactionLevel, number>> = { names: 65_536, basic: 65_536, full: 16 };

/**
 * Writes the redacted copy.
 *
 * @returns how many strings it has
 */
export async function writeRedacted(redaction: Redaction): Promise<number> {
  const writer = new TextWriter(redaction.sink);
  const rules = await prepareRules(redaction);
  writer.text(`{"snapshot":${headerText(redaction)},\n"nodes":[`);
  await writeNodes(redaction, writer);
  writer.text('],\n"edges":[');
  await writeEdges(redaction, writer);
  writer.text(']');
  for (const section of COPIED_SECTIONS) await copyNumbers(redaction, writer, section);
  writer.text(',\n"strings":[');
  const count = await writeStrings(redaction, writer, rules);
  writer.text(']}\n');
  await writer.drain();
  return count;
}

/** Learns the names that stay, and which values therefore need a text of their own. */
async function prepareRules(redaction: Redaction): Promise<NameRules> {
  const { roles, level, hash } = redaction;
  const { texts } = roles;
  const codeNames = new NameSet(level === 'full' ? 0 : texts.countInCode());
  await eachString(redaction, (span, index) => {
    const uses = texts.of(index);
    if (!(uses & IN_CODE)) return;
    const text = textOf(span, 256);
    if (isKeptCodeName(text, uses, level)) codeNames.add(text);
  });
  const rules = new NameRules({ level, hash, codeNames, builtins: collectBuiltinNames() });
  await eachString(redaction, (span, index) => {
    const uses = texts.of(index);
    if (!(uses & VALUE) || (uses & ~(VALUE | SPLIT)) === 0) return;
    const text = textOf(span);
    if (text !== '' && rules.rename(text, uses) !== hash.ofText(text)) texts.add(index, SPLIT);
  });
  texts.numberSplits();
  return rules;
}

async function eachString(
  pass: SnapshotPass,
  take: (span: ByteSpan, index: number) => void,
  afterEach: () => Promise<void> | null = () => null,
): Promise<void> {
  const { turns } = pass;
  const reader = seekSection(pass, 'strings');
  const strings = new StringScanner(reader);
  let index = 0;
  for (let span = strings.next(); span !== null; span = strings.next()) {
    take(span, index++);
    const waiting = afterEach();
    if (waiting !== null) await waiting;
    if (turns.isDue(reader.position)) await turns.take(reader.position);
  }
}

function headerText({ sections, level, hash }: Redaction): string {
  const header: Record<string, unknown> = {
    memx: { schema: 'memx.redacted-snapshot/1', level, saltFingerprint: hash.fingerprint },
    meta: keepMeta(sections.header['meta']),
  };
  for (const key of HEADER_NUMBERS) {
    if (typeof sections.header[key] === 'number') header[key] = sections.header[key];
  }
  return JSON.stringify(header);
}

async function writeNodes(redaction: Redaction, writer: TextWriter): Promise<void> {
  const { roles, sections, turns } = redaction;
  const { names, texts } = roles;
  const reader = seekSection(redaction, 'nodes');
  const nodes = new NodeWalk(new NumberStream(reader), sections.layout);
  for (let index = 0; index < sections.layout.nodeCount; index++) {
    const { fields, type, name } = nodes.next();
    for (let field = 0; field < fields.length; field++) {
      if (field > 0) writer.byte(COMMA);
      else if (index > 0) writer.separator();
      const isName = field === nodes.nameField;
      writer.number(isName ? texts.indexFor(name, names.ofNode(type, name)) : (fields[field] as number));
    }
    if (writer.isNearlyFull) await writer.drain();
    if (turns.isDue(reader.position)) await turns.take(reader.position);
  }
}

async function writeEdges(redaction: Redaction, writer: TextWriter): Promise<void> {
  const { roles, sections, turns, hash } = redaction;
  const { names, texts } = roles;
  const nodes = new NodeWalk(new NumberStream(openBeside(redaction, 'nodes')), sections.layout);
  const reader = seekSection(redaction, 'edges');
  const edges = new EdgeWalk(new NumberStream(reader), sections.layout);
  let isFirst = true;
  for (let index = 0; index < sections.layout.nodeCount; index++) {
    const { edgeCount } = nodes.next();
    const lastPosition = Math.max(SMALL_INDEX[redaction.level], edgeCount * SPARSE_FACTOR);
    for (let left = edgeCount; left > 0; left--) {
      const { type, nameOrIndex, to } = edges.next();
      const role = names.ofEdge(type);
      if (!isFirst) writer.separator();
      isFirst = false;
      writer.number(type);
      writer.byte(COMMA);
      if (role !== null) writer.number(texts.indexFor(nameOrIndex, role));
      else if (names.isElement(type) && nameOrIndex > lastPosition) writer.number(hash.ofIndex(nameOrIndex));
      else writer.number(nameOrIndex);
      writer.byte(COMMA);
      writer.number(to);
      if (writer.isNearlyFull) await writer.drain();
      if (turns.isDue(reader.position)) await turns.take(reader.position);
    }
  }
}

/** Copies numbers and brackets, and stops at anything else. */
async function copyNumbers(redaction: Redaction, writer: TextWriter, section: string): Promise<void> {
  const { sections, turns } = redaction;
  if (!sections.offsets.has(section)) return;
  const reader = seekSection(redaction, section);
  writer.text(`,\n"${section}":`);
  let depth = 0;
  do {
    const byte = reader.peekPastWhitespace();
    if (
      !(
        byte === COMMA ||
        byte === OPEN_ARRAY ||
        byte === CLOSE_ARRAY ||
        byte === 0x2d ||
        (byte >= 0x30 && byte <= 0x39)
      )
    )
      reader.expect(CLOSE_ARRAY);
    reader.next();
    if (byte === OPEN_ARRAY) depth++;
    if (byte === CLOSE_ARRAY) depth--;
    writer.byte(byte);
    if (writer.isNearlyFull) await writer.drain();
    if (turns.isDue(reader.position)) await turns.take(reader.position);
  } while (depth > 0);
}

async function writeStrings(redaction: Redaction, writer: TextWriter, rules: NameRules): Promise<number> {
  const { roles, hash } = redaction;
  const { texts } = roles;
  const split: string[] = [];
  const drain = () => (writer.isNearlyFull ? writer.drain() : null);
  await eachString(
    redaction,
    (span, index) => {
      const uses = texts.of(index);
      const isName = (uses & ~VALUE) !== 0;
      if (uses & SPLIT) split.push(hash.ofBytes(span));
      if (index > 0) writer.separator();
      writer.byte(QUOTE);
      writer.text(isName || index === 0 ? rules.rename(textOf(span), uses) : hash.ofBytes(span));
      writer.byte(QUOTE);
    },
    drain,
  );
  for (const text of split) {
    writer.text(`,\n"${text}"`);
    if (writer.isNearlyFull) await writer.drain();
  }
  return texts.count + split.length;
}
