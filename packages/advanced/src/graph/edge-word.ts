/**
 * An edge is one 32-bit word: the node it leads to (28 bits), its type (3 bits), and the sign: negative is the table's
 * half of a WeakMap entry, which does not retain. Four bytes per edge instead of three numbers of the file.
 */
export const TARGET_MASK = 0x0fff_ffff;
export const TABLE_HALF = 1 << 31;
const TYPE_SHIFT = 28;

/** More nodes than that do not fit into an edge's 28 bits. */
export const MOST_NODES = 2 ** 28;

/**
 * V8's edge types, in the order of their numbers in an edge word: those that never retain (but from the root) are last.
 * `unknown` is one that only a newer V8 has.
 */
export const heapEdgeTypes = [
  'context',
  'element',
  'property',
  'internal',
  'hidden',
  'unknown',
  'shortcut',
  'weak',
] as const;

/** @see {@link heapEdgeTypes} */
export type HeapEdgeType = (typeof heapEdgeTypes)[number];

export const ELEMENT_EDGE = heapEdgeTypes.indexOf('element');
export const INTERNAL_EDGE = heapEdgeTypes.indexOf('internal');
export const HIDDEN_EDGE = heapEdgeTypes.indexOf('hidden');
export const SHORTCUT_EDGE = heapEdgeTypes.indexOf('shortcut');
export const WEAK_EDGE = heapEdgeTypes.indexOf('weak');

/** Edge words from here on, as unsigned numbers, never retain: shortcuts, weak ones, tables' halves. */
export const RETAINING_BELOW = SHORTCUT_EDGE * 2 ** TYPE_SHIFT;

/** Number of the type, by V8's name of it. */
export function edgeTypeNumber(name: string): number {
  const known = (heapEdgeTypes as readonly string[]).indexOf(name);
  return known < 0 ? heapEdgeTypes.indexOf('unknown') : known;
}

export function edgeWord(type: number, to: number): number {
  return (type << TYPE_SHIFT) | to;
}

export function typeOfEdgeWord(word: number): number {
  return (word >>> TYPE_SHIFT) & 7;
}
