import { BitSet } from './bit-set.js';
import type { EdgeOwners } from './edge-owners.js';
import { TABLE_HALF, TARGET_MASK } from './edge-word.js';
import { GrowingInts } from './growing-ints.js';
import type { Graph } from './heap-columns.js';
import type { StringTable } from './string-table.js';

/**
 * V8 numbers the names of entries (`7 / part of key (Key @21) -> value (Value @23) pair in WeakMap (table @25)`), so that
 * each is used once, or a few times by chance. Names used more often are none.
 */
export const MOST_USES = 8;
/** Names beyond one for each node and each edge: V8 has a few of its own, and no string that nothing uses. */
const SPARE_NAMES = 1 << 16;
const PAIR_NAME =
  /^\d+ \/ part of key \(.*? @(\d+)\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\)$/;

type OwnedGraph = Graph & { readonly owners: EdgeOwners };

/**
 * The edges of WeakMap entries: V8 writes each entry twice, as an edge from the key to the value and one from the table.
 * Their names tell them, and names come last in the file: while the edges are read, those with a rare name are kept, and
 * once the strings are known, only the entries among them (twelve bytes each).
 */
export class WeakMapPairs {
  private uses = new Uint8Array(SPARE_NAMES);
  private nameLimit = SPARE_NAMES;
  private edges = new GrowingInts();
  private names = new GrowingInts();
  private readonly keyIds = new GrowingInts();
  private readonly tableIds = new GrowingInts();
  private values = new BitSet(0);

  /** Before the edges. An index that no string can have must not size what counts the uses of names. */
  expect({ nodeCount, edgeCount }: { readonly nodeCount: number; readonly edgeCount: number }): void {
    this.nameLimit = nodeCount + edgeCount + SPARE_NAMES;
  }

  /** For every internal edge, in the order of the file. */
  take(edge: number, name: number): void {
    if (name >= this.uses.length) {
      if (name >= this.nameLimit) return;
      this.grow(name);
    }
    const used = this.uses[name] as number;
    if (used >= MOST_USES) return;
    this.uses[name] = used + 1;
    this.edges.push(edge);
    this.names.push(name);
  }

  /** Keeps the entries and marks the tables' halves as not retaining. `likely`: the strings that look like their names. */
  resolve({ nodes, edges, owners }: OwnedGraph, strings: StringTable, likely: BitSet): void {
    const halves = new GrowingInts();
    const values = new BitSet(nodes.count);
    for (let at = 0; at < this.edges.length; at++) {
      const name = this.names.get(at);
      if (!likely.has(name)) continue;
      const match = PAIR_NAME.exec(strings.get(name));
      if (match === null) continue;
      const edge = this.edges.get(at);
      const word = edges[edge] as number;
      if (nodes.ids[owners.ownerOf(edge)] === Number(match[2])) edges[edge] = word | TABLE_HALF;
      values.add(word & TARGET_MASK);
      halves.push(edge);
      this.keyIds.push(Number(match[1]));
      this.tableIds.push(Number(match[2]));
    }
    this.uses = new Uint8Array(0);
    this.names = new GrowingInts();
    this.edges = halves;
    this.values = values;
  }

  /** False for most nodes: no entry has them as value, and no edge to them needs to be looked up. */
  isValue(node: number): boolean {
    return this.values.has(node);
  }

  /** Which entry it is, the same for both of its edges; null for an edge that belongs to none. */
  entryOf(edge: number): string | null {
    let low = 0;
    let high = this.edges.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.edges.get(middle) < edge) low = middle + 1;
      else high = middle;
    }
    if (this.edges.length === 0 || this.edges.get(low) !== edge) return null;
    return `${this.keyIds.get(low)} ${this.tableIds.get(low)}`;
  }

  private grow(name: number): void {
    const grown = new Uint8Array(Math.max(this.uses.length * 2, name + 1));
    grown.set(this.uses);
    this.uses = grown;
  }
}
