import { EdgeOwners } from './edge-owners.js';
import { NON_ESSENTIAL } from './edge-word.js';
import type { NodeColumns } from './heap-columns.js';
import type { StringTable } from './string-table.js';

/**
 * V8 numbers the names of entries (`7 / part of key (Key @21) -> value (Value @23) pair in WeakMap (table @25)`), so that
 * each is used once, or a few times by chance. Names used more often are none.
 */
const MOST_USES = 8;
const PAIR_NAME =
  /^\d+( \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\))$/;

/** One of the two edges by which V8 writes the entry of a WeakMap. */
export interface WeakMapHalf {
  /** The name without its number, which both halves share. */
  readonly pair: string;
  /** True for the edge from the table, false for the one from the key. */
  readonly isOfTable: boolean;
}

/**
 * Finds the edges of WeakMap entries. Their names tell them, and names come last in the file: while the edges are read,
 * those are kept that have a rare name, and once the strings are known, the ones that are no entries are dropped.
 */
export class WeakMapPairs {
  private uses = new Uint8Array(1 << 16);
  private edges: number[] = [];
  private names: number[] = [];
  private readonly halves = new Map<number, WeakMapHalf>();

  /** For every internal edge. */
  take(edge: number, name: number): void {
    if (name >= this.uses.length) this.grow(name);
    const used = this.uses[name] as number;
    if (used >= MOST_USES) return;
    this.uses[name] = used + 1;
    this.edges.push(edge);
    this.names.push(name);
  }

  /** Marks the tables' halves as not retaining. */
  resolve(strings: StringTable, nodes: NodeColumns, words: Int32Array): void {
    const owners = new EdgeOwners(nodes.firstEdges);
    for (const [index, edge] of this.edges.entries()) {
      const match = PAIR_NAME.exec(strings.get(this.names[index] as number));
      if (match === null) continue;
      const from = owners.ownerOf(edge);
      const isOfTable = nodes.ids[from] === Number(match[2]);
      if (isOfTable) words[edge] = (words[edge] as number) | NON_ESSENTIAL;
      this.halves.set(edge, { pair: match[1] as string, isOfTable });
    }
    this.uses = new Uint8Array(0);
    this.edges = [];
    this.names = [];
  }

  get count(): number {
    return this.halves.size;
  }

  get(edge: number): WeakMapHalf | undefined {
    return this.halves.get(edge);
  }

  private grow(name: number): void {
    const grown = new Uint8Array(Math.max(this.uses.length * 2, name + 1));
    grown.set(this.uses);
    this.uses = grown;
  }
}
