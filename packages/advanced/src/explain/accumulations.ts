import type { HeapGraph } from '../graph/heap-graph.js';
import { isPart, isStorage } from './storage.js';
import type { TellingPaths } from './telling-paths.js';

/** Objects that were born in one span of ids: those of one earlier snapshot's `maxObjectId + 1` to the next's. */
export interface SettledSpan {
  readonly settledFromId: number;
  readonly settledBeforeId: number;
}

/** Objects of one type that one holder has gathered. */
export interface HeldType {
  readonly kind: string;
  readonly type: string;
  readonly count: number;
  readonly sizeBytes: number;
  /** How many objects of the program it is from the holder to the nearest of them: 1 for what it holds itself. */
  readonly depth: number;
  /** One of the nearest. */
  readonly example: number;
}

/** A place that gathers objects: what was there before, and holds what came since. */
export interface Accumulation {
  /** The nearest object on the way to a root that is older than what it holds. */
  readonly holder: number;
  /** One of the objects that it took in: of those nearest to it, one of the commonest type. */
  readonly entry: number;
  /** Settled objects below it, and their shallow sizes added up. */
  readonly count: number;
  readonly sizeBytes: number;
  /**
   * Objects of the same types below it that are older than the span. A window that slides more slowly than the snapshots
   * came holds none: it has let them go.
   */
  readonly olderBytes: number;
  /** Of the settled ones, those that are nearest to the holder: most often, what it holds itself. */
  readonly entryCount: number;
  readonly types: readonly HeldType[];
}

interface Tally {
  readonly holder: number;
  olderBytes: number;
  count: number;
  sizeBytes: number;
  readonly types: Map<string, { -readonly [Key in keyof HeldType]: HeldType[Key] }>;
  /** By type, the objects at the least depth. */
  entries: Map<string, Entry>;
  entryDepth: number;
}

interface Entry {
  readonly node: number;
  readonly kind: string;
  count: number;
}

const NOT_KNOWN = -2;
const NOT_HELD = -1;
/** Types that say nothing of the program; as in the verdict, they neither accuse nor are accused. */
const ENGINE_TYPES = new Set(['code', 'hidden', 'object shape', 'synthetic']);

/**
 * Where settled objects are kept, most bytes first. Each belongs to the nearest object on its shortest path from a root
 * that is older than the span: the list, table or variable that gathers. (Dominators would name a common ancestor as
 * soon as two places hold the same objects.)
 *
 * Cost: one pass over all nodes and 4 bytes for each, beside the graph's own shortest paths.
 */
export function findAccumulations(
  graph: HeapGraph,
  { paths, span }: { readonly paths: TellingPaths; readonly span: SettledSpan },
): Accumulation[] {
  const handles = new NativeHandles(graph);
  const holders = new Holders(graph, { paths, handles, newFromId: span.settledFromId });
  const tallies = new Map<number, Tally>();
  for (let node = 0; node < graph.nodeCount; node++) {
    if (!isSettled(graph, node, span) || ENGINE_TYPES.has(graph.typeOf(node))) continue;
    const holder = holders.of(node);
    if (holder === NOT_HELD) continue;
    const tally = tallies.get(holder) ?? openTally(holder);
    tallies.set(holder, tally);
    addTo(tally, { graph, node, depth: holders.depthOf(node) });
  }
  addOlder(graph, { paths, handles, span, tallies });
  return [...tallies.values()]
    .filter(({ holder }) => !paths.isOfMemx(holder))
    .map(closeTally)
    .sort((a, b) => b.sizeBytes - a.sizeBytes);
}

/** V8 numbers objects in its heap oddly, and all others evenly. */
function isSettled(graph: HeapGraph, node: number, { settledFromId, settledBeforeId }: SettledSpan): boolean {
  const id = graph.idOf(node);
  return id % 2 === 1 && id >= settledFromId && id < settledBeforeId;
}

interface OlderOptions {
  readonly paths: TellingPaths;
  readonly handles: NativeHandles;
  readonly span: SettledSpan;
  readonly tallies: ReadonlyMap<number, Tally>;
}

/** Adds what the holders have of the same types from before the span. */
function addOlder(graph: HeapGraph, { paths, handles, span, tallies }: OlderOptions): void {
  const above = new Int32Array(graph.nodeCount).fill(NOT_KNOWN);
  const holderAbove = (node: number): number => {
    const way: number[] = [];
    let at = node;
    while (above[at] === NOT_KNOWN) {
      way.push(at);
      const parent = paths.parentOf(at);
      const from = parent ? handles.firstOfKind(parent.from) : NOT_HELD;
      if (!parent || tallies.has(from)) {
        above[at] = from;
        break;
      }
      at = parent.from;
    }
    const holder = above[at] as number;
    for (const passed of way) above[passed] = holder;
    return holder;
  };
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.idOf(node) >= span.settledFromId || ENGINE_TYPES.has(graph.typeOf(node))) continue;
    const tally = tallies.get(holderAbove(node));
    if (tally?.types.has(`${graph.kindOf(node)}:${graph.classNameOf(node)}`))
      tally.olderBytes += graph.shallowSizeBytes(node);
  }
}

/**
 * Node's handles (`Node / TCPSocketWrap`) are roots, each of its own, and their ids do not tell their age: those of one kind
 * are taken for one holder, which is as old as the program.
 */
class NativeHandles {
  readonly #graph: HeapGraph;
  readonly #firsts = new Map<string, number>();

  constructor(graph: HeapGraph) {
    this.#graph = graph;
  }

  /** The node that stands for all handles of this one's kind; the node itself where it is no handle. */
  firstOfKind(node: number): number {
    if (this.#graph.typeOf(node) !== 'synthetic') return node;
    const name = this.#graph.nameOf(node);
    const first = this.#firsts.get(name) ?? node;
    this.#firsts.set(name, first);
    return first;
  }
}

interface HolderOptions {
  readonly paths: TellingPaths;
  readonly handles: NativeHandles;
  readonly newFromId: number;
}

class Holders {
  readonly #graph: HeapGraph;
  readonly #paths: TellingPaths;
  readonly #handles: NativeHandles;
  readonly #newFromId: number;
  readonly #holders: Int32Array;
  readonly #depths: Int32Array;

  constructor(graph: HeapGraph, { paths, handles, newFromId }: HolderOptions) {
    this.#graph = graph;
    this.#paths = paths;
    this.#handles = handles;
    this.#newFromId = newFromId;
    this.#holders = new Int32Array(graph.nodeCount).fill(NOT_KNOWN);
    this.#depths = new Int32Array(graph.nodeCount);
  }

  /** Remembers the answer for all nodes on the way, so that a list of a million objects is walked once. */
  of(node: number): number {
    const way: number[] = [];
    let at = node;
    let holder = NOT_HELD;
    let depth = 0;
    for (;;) {
      const known = this.#holders[at] as number;
      if (known !== NOT_KNOWN) {
        holder = known;
        depth = this.#depths[at] as number;
        break;
      }
      way.push(at);
      const parent = this.#paths.parentOf(at);
      if (!parent) break;
      const isLink = this.#isLink(parent, at);
      at = parent.from;
      if (!this.#isNew(at) && !isStorage(this.#graph, at) && !isLink) {
        holder = this.#handles.firstOfKind(at);
        break;
      }
    }
    for (const passed of way.reverse()) {
      if (!isPart(this.#graph, passed)) depth += 1;
      this.#holders[passed] = holder;
      this.#depths[passed] = depth;
    }
    return holder;
  }

  /** Whether a way goes on from link to link of a chain (`.next: Listener › .next: Listener`): no link gathers, but what has the first. */
  #isLink({ from, edge }: { readonly from: number; readonly edge: number }, to: number): boolean {
    const graph = this.#graph;
    const above = this.#paths.parentOf(from);
    return (
      above !== null &&
      graph.edgeTypeOf(edge) === 'property' &&
      graph.edgeNameOf(edge) === graph.edgeNameOf(above.edge) &&
      graph.classNameOf(from) === graph.classNameOf(to)
    );
  }

  /** Of a node whose holder was asked for: 1 for what the holder holds itself. Storage has the depth of its owner. */
  depthOf(node: number): number {
    return this.#depths[node] as number;
  }

  #isNew(node: number): boolean {
    const id = this.#graph.idOf(node);
    return id % 2 === 1 && id >= this.#newFromId;
  }
}

function openTally(holder: number): Tally {
  return {
    holder,
    olderBytes: 0,
    count: 0,
    sizeBytes: 0,
    types: new Map(),
    entries: new Map(),
    entryDepth: Number.POSITIVE_INFINITY,
  };
}

function addTo(
  tally: Tally,
  { graph, node, depth }: { readonly graph: HeapGraph; readonly node: number; readonly depth: number },
): void {
  const kind = graph.kindOf(node);
  const type = graph.classNameOf(node);
  const sizeBytes = graph.shallowSizeBytes(node);
  const key = `${kind}:${type}`;
  const row = tally.types.get(key) ?? { kind, type, count: 0, sizeBytes: 0, depth, example: node };
  tally.types.set(key, row);
  row.count += 1;
  row.sizeBytes += sizeBytes;
  if (depth < row.depth) {
    row.depth = depth;
    row.example = node;
  }
  tally.count += 1;
  tally.sizeBytes += sizeBytes;
  if (isPart(graph, node) || depth > tally.entryDepth) return;
  if (depth < tally.entryDepth) {
    tally.entryDepth = depth;
    tally.entries = new Map();
  }
  const entry = tally.entries.get(key) ?? { node, kind, count: 0 };
  tally.entries.set(key, entry);
  entry.count += 1;
}

function closeTally({ holder, count, sizeBytes, olderBytes, types, entries }: Tally): Accumulation {
  const found = [...entries.values()];
  const entry = found.reduce<Entry | null>(
    (most, next) => (most && weightOf(most) >= weightOf(next) ? most : next),
    null,
  );
  return {
    holder,
    entry: entry?.node ?? holder,
    count,
    sizeBytes,
    olderBytes,
    entryCount: found.reduce((sum, { count: more }) => sum + more, 0),
    types: [...types.values()].sort((a, b) => b.sizeBytes - a.sizeBytes),
  };
}

/** A Map with a text for each key holds as many keys as values: the values tell what it is for. */
function weightOf({ kind, count }: Entry): number {
  return kind === 'string' || kind === 'number' ? count / 2 : count;
}
