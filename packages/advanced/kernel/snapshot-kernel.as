/**
 * The loops that most of a heap snapshot's text goes through, in AssemblyScript. `pnpm --filter @memx/advanced kernel`
 * makes `src/snapshot/kernel-module.ts` of it.
 *
 * Why not JavaScript: numbers of one to nine digits in no order mislead the branch predictor once per number. Here,
 * comparing sixteen bytes at once tells where numbers end, and three multiplications make a number of eight digits:
 * no branch depends on the data. All of reading a snapshot of 150 MiB takes 0.50 s of CPU instead of 0.75 s with loops over
 * digits in JavaScript, counting one of 658 MiB by type 0.50 s instead of 1.19 s (Node 20.20.2, two busy cores).
 *
 * Every loop stops at the first record that is not written as V8 writes it, and leaves it to JavaScript. A loop may look
 * at 80 bytes behind `end`, so that none begins a record there.
 */

const COMMA: u8 = 0x2c;
const LINE_FEED: u8 = 0x0a;
const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;
const ZERO: u8 = 0x30;
const MOST_DIGITS: u32 = 10;
const MOST_VALUE: u64 = 0x7fff_ffff;
const MOST_TYPE: u32 = 7;

/** Where the last loop stopped: the first byte that it did not take. */
export let stoppedAt: u32 = 0;
/** Items that the last loop wrote to `notes`. */
export let noted: u32 = 0;
/** Entries of the table that `countNodes` fills; whoever empties the table says so here. */
export let used: u32 = 0;
/** Largest odd id that `countNodes` saw. */
export let largestId: u32 = 0;

/** A bit for each of 16 bytes, set where it is no digit. */
@inline
function nonDigits(at: u32): u32 {
  const digits = i8x16.sub(v128.load(at), i8x16.splat(<i8>ZERO));
  return i8x16.bitmask(i8x16.gt_u(digits, i8x16.splat(9)));
}

/** A bit for each of 16 bytes, set where it is a comma. */
@inline
function commas(at: u32): u32 {
  return i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(<i8>COMMA)));
}

/** Eight digits, the first of them in the lowest byte, as a number: pairs, then fours, then all. */
@inline
function addUp(digits: u64): u64 {
  const pairs: u64 = ((digits * 0x0a01) >> 8) & 0x00ff_00ff_00ff_00ff;
  const fours: u64 = ((pairs * 0x0064_0001) >> 16) & 0x0000_ffff_0000_ffff;
  return (fours * 0x2710_0000_0001) >> 32;
}

/** The number of 1 to 10 digits at a place. */
@inline
function numberAt(at: u32, length: u32): u64 {
  const digits: u64 = load<u64>(at) ^ 0x3030_3030_3030_3030;
  if (length <= 8) return addUp(digits << (64 - 8 * <u64>length));
  let value = addUp(digits) * 10 + (load<u8>(at, 8) - ZERO);
  if (length > 9) value = value * 10 + (load<u8>(at, 9) - ZERO);
  return value;
}

/** What is asked of each record: type, name, id, size come first, and in this order; the number of edges is the fifth. */
const KNOWN_FIELDS: u32 = 5;

/**
 * Where the first five numbers of a record end, and the last one, in a byte each; 0 where the record is not of V8's own
 * spelling: `fields` numbers of which the first has at most two digits and the others at most ten, commas between them,
 * and a comma or a line feed and a comma behind.
 */
@inline
function endsOfRecord(at: u32, fields: u32): u64 {
  let ends: u64 = <u64>(nonDigits(at) | (nonDigits(at + 16) << 16));
  let parted: u64 = <u64>(commas(at) | (commas(at + 16) << 16));
  if (<u32>popcnt(ends) < fields) {
    ends |= (<u64>nonDigits(at + 32) << 32) | (<u64>nonDigits(at + 48) << 48);
    parted |= (<u64>commas(at + 32) << 32) | (<u64>commas(at + 48) << 48);
  }
  let rest = ends;
  const typeEnd = ctz(rest);
  rest &= rest - 1;
  const nameEnd = ctz(rest);
  rest &= rest - 1;
  const idEnd = ctz(rest);
  rest &= rest - 1;
  const sizeEnd = ctz(rest);
  rest &= rest - 1;
  const edgesEnd = ctz(rest);
  for (let field = KNOWN_FIELDS; field < fields; field++) rest &= rest - 1;
  if (rest == 0) return 0;
  // All before the end of the last number is digits and single commas.
  const last = rest & (0 - rest);
  if (((ends ^ parted) & (last - 1)) | (ends & ((ends << 1) | 1) & (last | (last - 1)))) return 0;
  const longest = <u64>MOST_DIGITS + 1;
  if (typeEnd > 2 || nameEnd - typeEnd > longest || idEnd - nameEnd > longest) return 0;
  if (sizeEnd - idEnd > longest || edgesEnd - sizeEnd > longest) return 0;
  const end = ctz(rest);
  const behind = at + <u32>end;
  if (load<u8>(behind + <u32>(load<u8>(behind) == LINE_FEED)) != COMMA) return 0;
  return typeEnd | (nameEnd << 8) | (idEnd << 16) | (sizeEnd << 24) | (edgesEnd << 32) | (end << 40);
}

/** The type of a record, of one or two digits. */
@inline
function typeAt(at: u32, length: u32): u32 {
  const digit = <u32>load<u8>(at) - ZERO;
  return length == 1 ? digit : digit * 10 + load<u8>(at, 1) - ZERO;
}

/** Behind the comma that follows a record's last number. */
@inline
function nextRecord(at: u32, ends: u64): u32 {
  const behind = at + <u32>(ends >> 40);
  return behind + 1 + <u32>(load<u8>(behind) == LINE_FEED);
}

/**
 * Takes at most `most` nodes of a type below `types`: their types go to bytes at `kinds`, and as words at `names`, `ids`
 * and `sizes`. Where the edges of the next node begin goes to `edges`, counted from `edge`. Of nodes whose last number
 * (detachedness, one digit) is not 0, number among those taken and digit go to `notes`. Returns how many it took.
 */
export function takeNodes(
  from: u32,
  end: u32,
  most: u32,
  fields: u32,
  types: u32,
  kinds: u32,
  names: u32,
  ids: u32,
  sizes: u32,
  edges: u32,
  edge: u32,
  notes: u32,
): u32 {
  let at = from;
  let taken: u32 = 0;
  let note = notes;
  let firstEdge = edge;
  while (at < end && taken < most) {
    const ends = endsOfRecord(at, fields);
    if (ends == 0) break;
    const typeEnd = <u32>ends & 0xff;
    const nameEnd = (<u32>ends >> 8) & 0xff;
    const idEnd = (<u32>ends >> 16) & 0xff;
    const sizeEnd = <u32>ends >> 24;
    const edgesEnd = <u32>(ends >> 32) & 0xff;
    const type = typeAt(at, typeEnd);
    const name = numberAt(at + typeEnd + 1, nameEnd - typeEnd - 1);
    const id = numberAt(at + nameEnd + 1, idEnd - nameEnd - 1);
    const size = numberAt(at + idEnd + 1, sizeEnd - idEnd - 1);
    const edgeCount = numberAt(at + sizeEnd + 1, edgesEnd - sizeEnd - 1);
    const last = at + <u32>(ends >> 40) - 1;
    if (type >= types || (name | id | size | edgeCount) > MOST_VALUE || load<u8>(last - 1) != COMMA) break;
    const state = <u32>load<u8>(last) - ZERO;
    if (state != 0) {
      store<u32>(note, taken);
      store<u32>(note, state, 4);
      note += 8;
    }
    store<u8>(kinds + taken, type);
    const offset = taken << 2;
    store<u32>(names + offset, <u32>name);
    store<u32>(ids + offset, <u32>id);
    store<u32>(sizes + offset, <u32>size);
    firstEdge += <u32>edgeCount;
    store<u32>(edges + offset, firstEdge);
    at = nextRecord(at, ends);
    taken++;
  }
  stoppedAt = at;
  noted = (note - notes) >> 3;
  return taken;
}

/** An entry of the table: name, and type and cohort in one number; then, as doubles, how many, and their bytes. */
const ENTRY_BYTES: u32 = 24;
/**
 * Counts nodes in a table of `mask + 1` entries by type, name and cohort, and stops where it is half full. Of a type whose
 * word at `nameMasks` is 0, and not all ones, names do not count. The cohort of a node is how many of the `boundaries` are
 * not above its id, 0 for even ids. Numbers behind the fifth are only passed over. Returns how many it took.
 */
export function countNodes(
  from: u32,
  end: u32,
  most: u32,
  fields: u32,
  types: u32,
  nameMasks: u32,
  boundaries: u32,
  boundaryCount: u32,
  table: u32,
  mask: u32,
): u32 {
  let at = from;
  let taken: u32 = 0;
  while (at < end && taken < most) {
    const ends = endsOfRecord(at, fields);
    if (ends == 0) break;
    const typeEnd = <u32>ends & 0xff;
    const nameEnd = (<u32>ends >> 8) & 0xff;
    const idEnd = (<u32>ends >> 16) & 0xff;
    const sizeEnd = <u32>ends >> 24;
    const type = typeAt(at, typeEnd);
    const name = numberAt(at + typeEnd + 1, nameEnd - typeEnd - 1);
    const id = numberAt(at + nameEnd + 1, idEnd - nameEnd - 1);
    const size = numberAt(at + idEnd + 1, sizeEnd - idEnd - 1);
    if (type >= types || (name | id | size) > MOST_VALUE) break;
    let cohort: u32 = 0;
    if (id & 1) for (let index: u32 = 0; index < boundaryCount; index++) {
      cohort += <u32>(<u32>id >= load<u32>(boundaries + (index << 2)));
    }
    const key = <u32>name & load<u32>(nameMasks + (type << 2));
    const tag = (cohort << 8) | (type + 1);
    let slot = (((key ^ (tag << 21)) * 0x9e3779b1) >> 12) & mask;
    let entry = table + slot * ENTRY_BYTES;
    while (load<u32>(entry, 4) != tag || load<u32>(entry) != key) {
      if (load<u32>(entry, 4) == 0) {
        if (used * 2 > mask) {
          stoppedAt = at;
          return taken;
        }
        used++;
        store<u32>(entry, key);
        store<u32>(entry, tag, 4);
        break;
      }
      slot = (slot + 1) & mask;
      entry = table + slot * ENTRY_BYTES;
    }
    store<f64>(entry, load<f64>(entry, 8) + 1, 8);
    store<f64>(entry, load<f64>(entry, 16) + <f64>size, 16);
    if (id & 1 && <u32>id > largestId) largestId = <u32>id;
    at = nextRecord(at, ends);
    taken++;
  }
  stoppedAt = at;
  return taken;
}

/**
 * Takes edges, the first of them number `first`: type, name, and place of the node. Each becomes a word: what `types` has
 * for its type in the upper four bits, the number of its node in the others. Where every 256th edge begins goes to
 * `marks`. Edges of `notedType` go to `notes`, as number among those taken, and name; but only the first `mostUses` of
 * each name below 65,536, which `uses` counts. Returns how many it took.
 */
export function takeEdges(
  from: u32,
  end: u32,
  most: u32,
  first: u32,
  words: u32,
  marks: u32,
  notes: u32,
  types: u32,
  notedType: u32,
  uses: u32,
  mostUses: u32,
  nodeLength: u32,
  nodeCount: u32,
): u32 {
  // A product and not a quotient: integer division is the dearest instruction here, and the check proves it.
  const perPlace: u64 = ((<u64>1 << 32) + nodeLength - 1) / nodeLength;
  let at = from;
  let taken: u32 = 0;
  let note = notes;
  let mark = marks;
  while (at < end && taken < most) {
    let ends: u32 = nonDigits(at) | (nonDigits(at + 16) << 16);
    const type: u32 = load<u8>(types + load<u8>(at) - ZERO);
    if ((ends & 3) != 2 || type > MOST_TYPE) break;
    ends &= ends - 1;
    const nameEnd: u32 = ctz(ends);
    ends &= ends - 1;
    const placeEnd: u32 = ctz(ends);
    const nameLength = nameEnd - 2;
    const placeLength = placeEnd - nameEnd - 1;
    if (ends == 0 || nameLength - 1 >= MOST_DIGITS || placeLength - 1 >= MOST_DIGITS) break;
    if (load<u8>(at, 1) != COMMA || load<u8>(at + nameEnd) != COMMA) break;
    let next = at + placeEnd;
    if (load<u8>(next) == LINE_FEED) next++;
    if (load<u8>(next) != COMMA) break;
    const place = numberAt(at + nameEnd + 1, placeLength);
    const to = <u32>((place * perPlace) >> 32);
    if (place > MOST_VALUE || <u64>to * nodeLength != place || to >= nodeCount) break;
    if (type == notedType) {
      const name = numberAt(at + 2, nameLength);
      if (name > MOST_VALUE) break;
      let used: u32 = 0;
      if (name < 65536) {
        used = load<u8>(uses + <u32>name);
        if (used < mostUses) store<u8>(uses + <u32>name, used + 1);
      }
      if (used < mostUses) {
        store<u32>(note, taken);
        store<u32>(note, <u32>name, 4);
        note += 8;
      }
    }
    if (((first + taken) & 255) == 0) {
      store<u32>(mark, at);
      mark += 4;
    }
    store<u32>(words + (taken << 2), (type << 28) | to);
    taken++;
    at = next + 1;
  }
  stoppedAt = at;
  noted = (note - notes) >> 3;
  return taken;
}

/**
 * From within a string, goes to where strings begin, as V8 parts them: `","` or `",` line feed `"`. Writes these places to
 * `starts`, and to `notes` the numbers of those that begin with a number and then the 16 bytes at `pattern`. Stops within
 * a string, or at a closing quote that something else follows. Returns how many began.
 */
export function takeStrings(from: u32, end: u32, most: u32, starts: u32, notes: u32, pattern: u32): u32 {
  const sought = v128.load(pattern);
  let at = from;
  let taken: u32 = 0;
  let note = notes;
  while (at < end && taken < most) {
    const bytes = v128.load(at);
    const isQuote = i8x16.eq(bytes, i8x16.splat(<i8>QUOTE));
    const found: u32 = i8x16.bitmask(v128.or(isQuote, i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH))));
    if (found == 0) {
      at += 16;
      continue;
    }
    at += ctz(found);
    if (load<u8>(at) == BACKSLASH) {
      at += 2;
      continue;
    }
    const next: u32 = load<u8>(at, 2) == LINE_FEED ? at + 3 : at + 2;
    if (load<u8>(at, 1) != COMMA || load<u8>(next) != QUOTE) break;
    at = next + 1;
    store<u32>(starts + (taken << 2), at);
    if (<u32>load<u8>(at) - ZERO <= 9) {
      const behind = at + ctz(nonDigits(at) | 0x1_0000);
      if (i8x16.all_true(i8x16.eq(v128.load(behind), sought))) {
        store<u32>(note, taken);
        note += 4;
      }
    }
    taken++;
  }
  stoppedAt = at;
  noted = (note - notes) >> 2;
  return taken;
}
