import { BitSet } from './bit-set.js';
import { isEssentialEdge, isEssentialRootEdge } from './edge-policy.js';
import { RETAINING_BELOW, SHORTCUT_EDGE, TARGET_MASK, typeOfEdgeWord, WEAK_EDGE } from './edge-word.js';
import type { Graph } from './heap-columns.js';
import { completePage } from './page-owned.js';
import type { Scratch } from './scratch.js';

/** A depth-first walk along essential edges. Numbers count from 0, the root's, in the order of first visits. */
export interface DepthFirstOrder {
  /** Numbers given: the nodes held only by each other get none. */
  readonly count: number;
  /** Number of a node; -1 without one. Good until the edges are reversed. */
  readonly numbers: Int32Array;
  /** Node of a number. */
  readonly vertices: Int32Array;
  /** Number of the parent in the walk's tree, by number. */
  readonly parents: Int32Array;
  /** Essential edges to a node beside the one by which the walk came. Good until the edges are reversed. */
  readonly joins: Int32Array;
  /** What the program's globals reach; see edge-policy.ts. */
  readonly page: BitSet;
}

/** Where a walk begins. */
export interface WalkStart {
  readonly root: number;
  /** The node of Chrome's documents, an entry to the page beside the globals. */
  readonly domTrees: number | null;
}

/**
 * Numbers what the root reaches, then, under the root, what nothing holds and what hangs on that.
 *
 * The program's globals come first: the page, which the rules for all other edges ask about, is then known before the
 * first of those is met, and no walk of its own is needed for it.
 */
export function numberDepthFirst(graph: Graph, start: WalkStart, scratch: Scratch): DepthFirstOrder {
  const walk = new DepthFirstWalk(graph, start.root, scratch);
  walk.enterRoot();
  walk.followRootEdges((word) => isPageEntry(word, start));
  walk.leavePage();
  walk.followRootEdges((word) => !isPageEntry(word, start));
  walk.followOrphans();
  return walk.finish();
}

function isPageEntry(word: number, { domTrees }: WalkStart): boolean {
  return typeOfEdgeWord(word) === SHORTCUT_EDGE || (word & TARGET_MASK) === domTrees;
}

class DepthFirstWalk {
  private readonly graph: Graph;
  private readonly root: number;
  private readonly scratch: Scratch;
  private readonly numbers: Int32Array;
  private readonly vertices: Int32Array;
  private readonly parents: Int32Array;
  private readonly joins: Int32Array;
  /** The next edge to look at, by depth: what is not that deep stays untouched, and takes no memory. */
  private readonly resumeAt: Int32Array;
  private readonly visited: BitSet;
  private readonly pending: number[] = [];
  private page: BitSet | null = null;
  private count = 0;

  constructor(graph: Graph, root: number, scratch: Scratch) {
    this.graph = graph;
    this.root = root;
    this.scratch = scratch;
    this.numbers = scratch.take().fill(-1);
    this.vertices = scratch.take();
    this.parents = scratch.take();
    this.joins = scratch.take().fill(0);
    this.resumeAt = scratch.take();
    this.visited = new BitSet(graph.nodes.count);
  }

  enterRoot(): void {
    this.visited.add(this.root);
    this.numbers[this.root] = 0;
    this.vertices[0] = this.root;
    this.parents[0] = 0;
    this.count = 1;
  }

  followRootEdges(isWanted: (word: number) => boolean): void {
    const { graph, root, visited, joins } = this;
    const end = graph.nodes.firstEdges[root + 1] as number;
    for (let edge = graph.nodes.firstEdges[root] as number; edge < end; edge++) {
      const word = graph.edges[edge] as number;
      const to = word & TARGET_MASK;
      if (!isWanted(word)) continue;
      if (this.page === null && to === root) this.pending.push(root);
      if (!isEssentialRootEdge(word, root)) continue;
      if (visited.has(to)) joins[to] = (joins[to] as number) + 1;
      else this.walkFrom(to);
    }
  }

  /** All that the globals reach was visited: what comes now is outside the page. */
  leavePage(): void {
    const { graph, visited, root, pending, joins } = this;
    // The page leads back to the root, and so to everything.
    if ((joins[root] as number) > 0) pending.push(root);
    this.page = completePage(graph, { visited, root, pending });
  }

  followOrphans(): void {
    if (this.count === this.graph.nodes.count) return;
    for (const orphan of this.findOrphans()) this.walkFrom(orphan);
  }

  finish(): DepthFirstOrder {
    const { count, numbers, vertices, parents, joins } = this;
    this.scratch.give(this.resumeAt);
    return { count, numbers, vertices, parents, joins, page: this.knownPage() };
  }

  /** The hot loop. The child of the root that it starts from, and all below that was not visited. */
  private walkFrom(child: number): void {
    const { numbers, vertices, parents, joins, resumeAt, page, pending, root } = this;
    const { nodes, edges } = this.graph;
    const { firstEdges } = nodes;
    const visited = this.visited.words;
    const owned = page?.words ?? visited;
    let { count } = this;
    let node = child;
    let parent = 0;
    let number = 0;
    let depth = 0;
    for (;;) {
      visited[node >>> 5] = (visited[node >>> 5] as number) | (1 << (node & 31));
      numbers[node] = count;
      vertices[count] = node;
      parents[count] = parent;
      number = count++;
      let edge = firstEdges[node] as number;
      let next = -1;
      for (;;) {
        const end = firstEdges[node + 1] as number;
        const goesAnywhere = page === null || ((owned[node >>> 5] as number) & (1 << (node & 31))) !== 0;
        while (edge < end) {
          const word = edges[edge++] as number;
          const to = word & TARGET_MASK;
          const bit = 1 << (to & 31);
          if (word >>> 0 >= RETAINING_BELOW) {
            const isUnseen = ((visited[to >>> 5] as number) & bit) === 0 || to === root;
            if (page === null && isUnseen && typeOfEdgeWord(word) !== WEAK_EDGE) pending.push(to);
            continue;
          }
          if (to === node || !(goesAnywhere || ((owned[to >>> 5] as number) & bit) === 0)) continue;
          if (((visited[to >>> 5] as number) & bit) !== 0) joins[to] = (joins[to] as number) + 1;
          else {
            next = to;
            break;
          }
        }
        if (next >= 0) break;
        number = parents[number] as number;
        if (number === 0) {
          this.count = count;
          return;
        }
        node = vertices[number] as number;
        edge = resumeAt[--depth] as number;
      }
      resumeAt[depth++] = edge;
      parent = number;
      node = next;
    }
  }

  /** Unvisited nodes that no essential edge leads to: only other unvisited nodes could have one. */
  private findOrphans(): number[] {
    const { visited, root } = this;
    const { nodes, edges } = this.graph;
    const page = this.knownPage();
    const held = new BitSet(nodes.count);
    const unvisited: number[] = [];
    for (let node = 0; node < nodes.count; node++) if (!visited.has(node)) unvisited.push(node);
    for (const from of unvisited) {
      const end = nodes.firstEdges[from + 1] as number;
      for (let edge = nodes.firstEdges[from] as number; edge < end; edge++) {
        const word = edges[edge] as number;
        if (isEssentialEdge(word, { from, root, page })) held.add(word & TARGET_MASK);
      }
    }
    return unvisited.filter((node) => !held.has(node));
  }

  private knownPage(): BitSet {
    return this.page ?? new BitSet(this.graph.nodes.count);
  }
}
