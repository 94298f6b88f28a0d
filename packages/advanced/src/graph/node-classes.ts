import { describeNode, isNamedType, type NodeDescription, type NodeKind } from '../snapshot/node-naming.js';
import type { HeapColumns } from './heap-columns.js';
import type { Scratch } from './scratch.js';
import type { StringTable } from './string-table.js';

/** A row of the histogram, and which nodes belong to it. */
export interface NodeClasses {
  readonly rows: readonly { readonly kind: NodeKind | 'synthetic'; readonly name: string }[];
  /** Index of the row, by node. */
  readonly rowOf: Int32Array;
}

/** Names of the same kind that print the same are one class, as in the histogram; roots are one of their own. */
export function classifyNodes(
  { layout, nodes }: HeapColumns,
  strings: StringTable,
  scratch: Scratch,
): NodeClasses {
  const rows: { kind: NodeKind | 'synthetic'; name: string }[] = [];
  const byIdentity = new Map<string, number>();
  const rowFor = (described: NodeDescription | null): number => {
    const row = described ?? { kind: 'synthetic' as const, name: '(synthetic)' };
    const identity = `${row.kind} ${row.name}`;
    const known = byIdentity.get(identity);
    if (known !== undefined) return known;
    byIdentity.set(identity, rows.length);
    return rows.push(row) - 1;
  };
  // By type a row per string, or one for all; -1 is not yet known. A Map would be asked seven million times.
  const known = layout.nodeTypes.map((type) => (isNamedType(type) ? new RowByName() : null));
  const single = layout.nodeTypes.map((type) => (isNamedType(type) ? -1 : rowFor(describeNode(type, ''))));
  const rowOf = scratch.take();
  for (let node = 0; node < nodes.count; node++) {
    const type = nodes.types[node] as number;
    const byName = known[type];
    if (byName === null || byName === undefined) {
      rowOf[node] = single[type] as number;
      continue;
    }
    const name = nodes.names[node] as number;
    let row = byName.get(name);
    if (row < 0) {
      row = rowFor(describeNode(layout.nodeTypes[type] as string, strings.get(name)));
      byName.set(name, row);
    }
    rowOf[node] = row;
  }
  return { rows, rowOf };
}

/** A growing array of rows by index of the string: the names of classes come early in the file. */
class RowByName {
  private rows = new Int32Array(1024).fill(-1);

  get(name: number): number {
    return name < this.rows.length ? (this.rows[name] as number) : -1;
  }

  set(name: number, row: number): void {
    if (name >= this.rows.length) {
      const grown = new Int32Array(Math.max(this.rows.length * 2, name + 1)).fill(-1);
      grown.set(this.rows);
      this.rows = grown;
    }
    this.rows[name] = row;
  }
}
