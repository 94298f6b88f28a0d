/** The slow model of the graph: the whole text as one object, sets and arrays, one removal per node for dominators. */
interface SnapshotJson {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: string[];
      readonly node_types: (string | string[])[];
      readonly edge_types: (string | string[])[];
    };
  };
  readonly nodes: number[];
  readonly edges: number[];
  readonly strings: string[];
}

export interface SlowEdge {
  readonly from: number;
  readonly to: number;
  readonly type: string;
  readonly name: string | number;
  readonly essential: boolean;
}

export interface SlowGraph {
  readonly types: string[];
  readonly names: string[];
  readonly ids: number[];
  readonly sizes: number[];
  readonly edges: SlowEdge[];
  /** Nodes that can be reached with all others taken away but the dominator: computed by taking each away in turn. */
  readonly dominators: number[];
  readonly retained: number[];
}

export function slowGraph(text: string): SlowGraph {
  const { snapshot, nodes, edges: flat, strings } = JSON.parse(text) as SnapshotJson;
  const fields = snapshot.meta.node_fields;
  const nodeTypes = snapshot.meta.node_types[0] as string[];
  const edgeTypes = snapshot.meta.edge_types[0] as string[];
  const count = nodes.length / fields.length;
  const column = (field: string) =>
    Array.from({ length: count }, (_, node) => nodes[node * fields.length + fields.indexOf(field)] as number);
  const ids = column('id');
  const sizes = column('self_size');
  const edges: Omit<SlowEdge, 'essential'>[] = [];
  let at = 0;
  for (const [from, edgeCount] of column('edge_count').entries()) {
    for (let index = 0; index < edgeCount; index++, at += 3) {
      const type = edgeTypes[flat[at] as number] as string;
      const name = flat[at + 1] as number;
      const isNumbered = type === 'element' || type === 'hidden';
      const to = (flat[at + 2] as number) / fields.length;
      edges.push({ from, to, type, name: isNumbered ? name : (strings[name] as string) });
    }
  }
  const page = reach(
    edges.filter(({ from, type }) => from === 0 && type === 'shortcut').map(({ to }) => to),
    edges.filter(({ type }) => type !== 'weak'),
    count,
  );
  const judged = edges.map((edge) => ({ ...edge, essential: isEssential(edge, page, ids) }));
  const essential = judged.filter((edge) => edge.essential);
  const { dominators, retained } = dominate(essential, sizes);
  const names = column('name').map((name) => strings[name] as string);
  const types = column('type').map((type) => nodeTypes[type] as string);
  return { types, names, ids, sizes, edges: judged, dominators, retained };
}

function isEssential(
  { from, to, type, name }: Omit<SlowEdge, 'essential'>,
  page: Set<number>,
  ids: number[],
) {
  const table = /^\d+ \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\)$/;
  const match = type === 'internal' ? table.exec(String(name)) : null;
  if (match !== null && Number(match[1]) === ids[from]) return false;
  if (type === 'weak' || from === to) return false;
  if (from === 0) return true;
  return type !== 'shortcut' && !(page.has(to) && !page.has(from));
}

type Link = Pick<SlowEdge, 'from' | 'to'>;

function reach(starts: readonly number[], edges: readonly Link[], count: number, without = -1): Set<number> {
  const targets = Array.from({ length: count }, () => [] as number[]);
  for (const { from, to } of edges) targets[from]?.push(to);
  const found = new Set<number>(starts);
  for (const node of found) {
    if (node === without) continue;
    for (const to of targets[node] as number[]) found.add(to);
  }
  return found;
}

function dominate(essential: readonly SlowEdge[], sizes: readonly number[]) {
  const count = sizes.length;
  const held = new Set(essential.map(({ to }) => to));
  // What nothing holds hangs under the root.
  const orphans = sizes.map((_, node) => node).filter((node) => node !== 0 && !held.has(node));
  const starts = [0, ...orphans];
  const links: Link[] = [...essential, ...orphans.map((to) => ({ from: 0, to }))];
  const all = reach(starts, links, count);
  // d dominates n when n is not reached once d is taken away.
  const above = sizes.map(() => new Set<number>());
  for (let node = 1; node < count; node++) {
    const left = reach([0], links, count, node);
    for (const other of all) if (other !== node && !left.has(other)) above[other]?.add(node);
  }
  const dominators = sizes.map((_, node) => {
    const mine = [...(above[node] as Set<number>)];
    // The nearest one is dominated by all the others.
    return mine.find((near) => mine.every((far) => far === near || above[near]?.has(far))) ?? 0;
  });
  const retained = sizes.map((size, node) =>
    sizes.reduce(
      (sum, other, index) => (index !== node && above[index]?.has(node) ? sum + other : sum),
      size,
    ),
  );
  retained[0] = sizes.reduce((sum, size) => sum + size, 0);
  return { dominators, retained };
}
