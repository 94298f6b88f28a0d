import type { HeapGraph } from '../graph/heap-graph.js';

/** Strings of the same text that are kept more than once. */
export interface DuplicateString {
  /** One of them; {@link HeapGraph.nameOf} gives the text, cut at 1024 characters. */
  readonly example: number;
  readonly count: number;
  /** Of all of them. */
  readonly sizeBytes: number;
  /** What one instead of all of them would free. */
  readonly wastedBytes: number;
}

/** @see {@link findDuplicateStrings} */
export interface DuplicateStrings {
  /** Most wasted bytes first. */
  readonly rows: readonly DuplicateString[];
  /** By all duplicates, those without a row included. */
  readonly wastedBytes: number;
  /** Of all strings, duplicate or not. */
  readonly count: number;
  readonly sizeBytes: number;
}

/**
 * Texts that are there several times, by the bytes that one string each would free. V8's snapshots cut texts at 1024
 * characters, so that only strings of equal size count as equal. Ropes and slices are left out: their text is elsewhere.
 *
 * Cost: one pass over the nodes; about 100 bytes for each different string.
 */
export function findDuplicateStrings(
  graph: HeapGraph,
  {
    top,
    minCount = 2,
    minSizeBytes = 0,
  }: { readonly top: number; readonly minCount?: number; readonly minSizeBytes?: number },
): DuplicateStrings {
  const texts = new Map<number, Map<number, { example: number; count: number }>>();
  let [count, sizeBytes] = [0, 0];
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.typeOf(node) !== 'string') continue;
    const size = graph.shallowSizeBytes(node);
    count += 1;
    sizeBytes += size;
    const name = graph.nameNumberOf(node);
    const sizes = texts.get(name) ?? new Map<number, { example: number; count: number }>();
    texts.set(name, sizes);
    const text = sizes.get(size) ?? { example: node, count: 0 };
    sizes.set(size, text);
    text.count += 1;
  }
  const rows: DuplicateString[] = [];
  let wastedBytes = 0;
  for (const sizes of texts.values()) {
    for (const [size, text] of sizes) {
      if (text.count < 2) continue;
      wastedBytes += (text.count - 1) * size;
      if (text.count < minCount || text.count * size < minSizeBytes) continue;
      rows.push({ ...text, sizeBytes: text.count * size, wastedBytes: (text.count - 1) * size });
    }
  }
  rows.sort((a, b) => b.wastedBytes - a.wastedBytes);
  return { rows: rows.slice(0, top), wastedBytes, count, sizeBytes };
}
