import { brotliCompressSync, gzipSync } from 'node:zlib';

const NUMBERS = [
  '0',
  '1',
  '-1',
  '1.5',
  '1e3',
  '1e99',
  'NaN',
  'null',
  '""',
  '[]',
  '{}',
  '4294967295',
  '4294967296',
  '9007199254740993',
];
const HUGE = ['268435456', '4294967296', '9007199254740991', '1e15', '99999999999999999999'];
const FOREIGN = [
  '',
  ' ',
  '\u0000',
  '{}',
  '[]',
  'null',
  '{"snapshot":{}}',
  '{"nodes":[]}',
  '{"snapshot":{"meta":null,"node_count":1}}',
  '\ufeff{"snapshot":',
  '<!doctype html><title>404</title>',
  '{"head":{"callFrame":{}},"samples":[]}',
  '\u001f\u008b\b',
  '(\u00b5/\u00fd',
  'PK\u0003\u0004',
];
const SECTIONS = [
  'snapshot',
  'nodes',
  'edges',
  'trace_function_infos',
  'trace_tree',
  'samples',
  'locations',
  'strings',
];
const META = ['node_fields', 'node_types', 'edge_fields', 'edge_types', 'location_fields'];

/**
 * One broken input: a sound snapshot changed in one to four of the ways in which files break or are made to break us.
 *
 * @param {readonly string[]} seeds
 * @param {import('./random.mjs').Random} random
 * @returns {{ bytes: Uint8Array, changes: string[] }}
 */
export function mutateSnapshot(seeds, random) {
  let text = random.of(seeds);
  const changes = [];
  for (let count = 1 + random.below(4) * random.below(2); count > 0; count--) {
    const [name, change] = random.of(CHANGES);
    text = change(text, random, seeds);
    changes.push(name);
  }
  const bytes = Buffer.from(text, 'latin1');
  if (random.below(16) > 0) return { bytes, changes };
  const [name, pack] = random.of(PACKINGS);
  return { bytes: pack(bytes, random), changes: [...changes, name] };
}

const CHANGES = Object.entries({
  'flips bytes': flipBytes,
  'cuts the end': (text, random) => text.slice(0, random.below(text.length)),
  'cuts the start': (text, random) => text.slice(random.below(text.length)),
  'takes a piece out': (text, random) => inPlaceOfPiece(text, random, () => ''),
  'doubles a piece': (text, random) => inPlaceOfPiece(text, random, (piece) => piece + piece),
  'puts in noise': (text, random) => inPlaceOfPiece(text, random, (piece) => noise(random, piece.length)),
  'puts in a piece of another snapshot': (text, random, seeds) =>
    inPlaceOfPiece(text, random, () => pieceOf(random.of(seeds), random)),
  'changes numbers': changeNumbers,
  'changes a count': (text, random) =>
    text.replace(
      random.of([/("node_count":)[^,}]*/, /("edge_count":)[^,}]*/]),
      (_, key) => key + random.of([...HUGE, ...NUMBERS]),
    ),
  'drops a section': (text, random) =>
    withSections(text, (sections) => sections.toSpliced(random.below(sections.length), 1)),
  'doubles a section': (text, random) => withSections(text, (sections) => [...sections, random.of(sections)]),
  'moves a section': moveSection,
  'empties a section': (text, random) =>
    text.replace(new RegExp(`("${random.of(SECTIONS)}":)\\[[^\\]]*\\]`), '$1[]'),
  'renames a section': (text, random) =>
    text.replace(`"${random.of(SECTIONS)}"`, `"${noise(random, 5).replace(/["\\]/g, '')}"`),
  'changes the meta': changeMeta,
  'nests deeply': nestDeeply,
  'adds whitespace': (text, random) =>
    text.replaceAll(random.of([',', ':', '[']), (mark) => mark + random.of(['\n', ' \t', '\r\n'])),
  'lengthens a string': (text, random) =>
    text.replace('"strings":["', () => `"strings":["${'x'.repeat(1 + random.below(70_000))}`),
  'breaks an escape': (text, random) =>
    text.replace('"strings":["', () => `"strings":["${random.of(['\\u12', '\\x', '\\', '\\uD800', '\n'])}`),
  'is something else': (_, random) => random.of(FOREIGN) + noise(random, random.below(64)),
});

const PACKINGS = [
  ['gzipped', (bytes) => gzipSync(bytes, { level: 1 })],
  ['gzipped and cut', (bytes, random) => cut(gzipSync(bytes, { level: 1 }), random)],
  ['gzipped and flipped', (bytes, random) => flip(gzipSync(bytes, { level: 1 }), random)],
  ['brotli', (bytes) => brotliCompressSync(bytes.subarray(0, 4096))],
];

function flipBytes(text, random) {
  return flip(Buffer.from(text, 'latin1'), random).toString('latin1');
}

function flip(bytes, random) {
  if (bytes.length === 0) return bytes;
  for (let count = 1 + random.below(8); count > 0; count--)
    bytes[random.below(bytes.length)] ^= 1 << random.below(8);
  return bytes;
}

function cut(bytes, random) {
  return bytes.subarray(0, random.below(bytes.length + 1));
}

function noise(random, length) {
  return Array.from({ length }, () => String.fromCharCode(random.below(256))).join('');
}

function pieceOf(text, random) {
  const from = random.below(text.length + 1);
  return text.slice(from, from + random.below(200));
}

function inPlaceOfPiece(text, random, makeOther) {
  const from = random.below(text.length + 1);
  const to = Math.min(text.length, from + 1 + random.below(random.of([4, 64, 2048])));
  return text.slice(0, from) + makeOther(text.slice(from, to)) + text.slice(to);
}

/** In a third of the places around a chosen one: types, names, ids, sizes, counts and targets alike. */
function changeNumbers(text, random) {
  const from = random.below(text.length + 1);
  let left = 1 + random.below(6);
  const changed = text.slice(from).replace(/\d+/g, (number) => {
    if (left === 0 || random.below(3) > 0) return number;
    left--;
    return random.of([
      ...NUMBERS,
      ...HUGE,
      String(Number(number) + 1),
      String(random.below(2 ** 32)),
      `${number}0`,
    ]);
  });
  return text.slice(0, from) + changed;
}

/** Sections as V8 parts them: each begins on a line of its own. */
function withSections(text, change) {
  const sections = text.slice(1, -1).split(/,\n(?=")/);
  return `{${change(sections).join(',\n')}}`;
}

function moveSection(text, random) {
  return withSections(text, (sections) => {
    const moved = random.below(sections.length);
    return sections.toSpliced(moved, 1).toSpliced(random.below(sections.length), 0, sections[moved]);
  });
}

function changeMeta(text, random) {
  const list = new RegExp(`("${random.of(META)}":\\[)([^\\]]*)`);
  return text.replace(list, (_, key, names) => {
    const parts = names.split(',');
    const at = random.below(parts.length);
    return (
      key +
      random.of([
        () => '',
        () => parts.toSpliced(at, 1).join(),
        () => parts.toSpliced(at, 0, parts[at]).join(),
        () => parts.with(at, random.of(['"other"', '7', 'null', '[]', '{}'])).join(),
        () => parts.toReversed().join(),
      ])()
    );
  });
}

/** Deeper than a reader that calls itself could go. */
function nestDeeply(text, random) {
  const depth = 1 + random.below(random.of([10, 1_000, 50_000]));
  const [open, close] = random.of([
    ['[', ']'],
    ['{"a":', '}'],
  ]);
  const nested = random.of([open.repeat(depth) + 1 + close.repeat(depth), open.repeat(depth)]);
  return random.of([
    () => text.replace('{', `{"deep":${nested},`),
    () => text.replace('"meta":{', `"meta":{"deep":${nested},`),
    () => text.replace('"trace_tree":[]', `"trace_tree":[${nested}]`),
    () => text.replace('"samples":[]', `"samples":${nested}`),
  ])();
}
