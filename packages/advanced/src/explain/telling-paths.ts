import type { HeapEdgeType } from '../graph/edge-word.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import { ScriptFiles } from './script-files.js';

/**
 * What it costs a path to go along an edge. A way by names that people gave (properties, variables) tells more than a
 * shorter one through V8's own links, and either more than one through memx, which is only there to look.
 */
const COSTS: Readonly<Record<string, number>> = { property: 1, context: 1, element: 1, shortcut: 1 };
const INTERNAL_COST = 3;
const OF_MEMX_COST = 31;
/** To what is young: a request that is being answered leads to all of a server, and is gone in a moment. */
const YOUNG_COST = 15;
const OF_MEMX = '<symbol memx.';
const BUCKETS = OF_MEMX_COST + YOUNG_COST + 1;
const NONE = -1;
const [NOT_ASKED, NO, YES] = [0, 1, 2];

/**
 * The most telling way from a root to every node: least cost, by buckets (Dial's algorithm). Weak edges and others that
 * do not retain lead nowhere.
 *
 * Cost: one visit of every edge, and 8 bytes per node while it lives.
 */
export class TellingPaths {
  readonly #graph: HeapGraph;
  readonly #youngFromId: number;
  readonly #files: ScriptFiles;
  /** Those of the functions that memx has hung up. */
  readonly #filesOfMemx = new Set<string>();
  /** What memx has hung up on the global object, which V8 also leads to through cells without names. */
  readonly #hungUp = new Set<number>();
  #ofMemx: Uint8Array | null = null;
  readonly #parentEdges: Int32Array;
  readonly #parents: Int32Array;

  /** @param youngFromId what has this id or a higher one is only gone through where there is no other way that is about as short */
  constructor(graph: HeapGraph, { youngFromId = Number.POSITIVE_INFINITY } = {}) {
    this.#graph = graph;
    this.#youngFromId = youngFromId;
    this.#files = new ScriptFiles(graph);
    this.#parentEdges = new Int32Array(graph.nodeCount).fill(NONE);
    this.#parents = new Int32Array(graph.nodeCount).fill(NONE);
    this.#walk();
  }

  /** The last edge of the way to a node; null for the root, and for what nothing retains. */
  parentOf(node: number): { readonly edge: number; readonly from: number } | null {
    const edge = this.#parentEdges[node] as number;
    return edge === NONE ? null : { edge, from: this.#parents[node] as number };
  }

  /**
   * Whether the way leads through what memx has hung up in the program, to look at it. Not by whose code it goes through: a bundle has
   * the program and memx in one file. Each node on a way is asked once.
   */
  isOfMemx(node: number): boolean {
    this.#ofMemx ??= new Uint8Array(this.#graph.nodeCount);
    const passed: number[] = [];
    let answer: number = NOT_ASKED;
    for (let at = node; answer === NOT_ASKED; ) {
      answer = this.#ofMemx[at] as number;
      if (answer !== NOT_ASKED) break;
      passed.push(at);
      const parent = this.parentOf(at);
      if (!parent) answer = NO;
      else if (this.#hungUp.has(at)) answer = YES;
      else at = parent.from;
    }
    for (const at of passed) this.#ofMemx[at] = answer;
    return answer === YES;
  }

  #walk(): void {
    const graph = this.#graph;
    const costs = new Int32Array(graph.nodeCount).fill(0x7fff_ffff);
    const buckets: number[][] = Array.from({ length: BUCKETS }, () => []);
    costs[graph.root] = 0;
    buckets[0]?.push(graph.root);
    let waiting = 1;
    for (let cost = 0; waiting > 0; cost++) {
      const bucket = buckets[cost % BUCKETS] as number[];
      // Edges cost at least 1, so that a bucket does not grow while it is emptied.
      for (const from of bucket) {
        if (costs[from] !== cost) continue; // a cheaper way was found since
        const isGlobal = graph.typeOf(from) === 'object' && graph.nameOf(from).startsWith('global');
        const isOfMemx = this.#isCodeOfMemx(from);
        graph.forEachEdge(from, (edge, to, type) => {
          if (isGlobal && this.#leadsToMemx(edge, type)) this.#learnHungUp(to);
          const leadsToMemx = isOfMemx || (this.#hungUp.size > 0 && this.#hungUp.has(to)); // asked of every edge
          const edgeCost = leadsToMemx ? OF_MEMX_COST : (COSTS[type] ?? INTERNAL_COST);
          const next = cost + edgeCost + (this.#isYoung(to) ? YOUNG_COST : 0);
          if (next >= (costs[to] as number) || !graph.isEssential(edge)) return;
          costs[to] = next;
          this.#parentEdges[to] = edge;
          this.#parents[to] = from;
          buckets[next % BUCKETS]?.push(to);
          waiting += 1;
        });
      }
      waiting -= bucket.length;
      bucket.length = 0;
    }
  }

  /** V8 numbers objects in its heap oddly, and all others evenly. */
  #isYoung(node: number): boolean {
    if (this.#youngFromId === Number.POSITIVE_INFINITY) return false;
    const id = this.#graph.idOf(node);
    return id >= this.#youngFromId && id % 2 === 1;
  }

  #leadsToMemx(edge: number, type: HeapEdgeType): boolean {
    return type === 'property' && String(this.#graph.edgeNameOf(edge)).startsWith(OF_MEMX);
  }

  #learnHungUp(hungUp: number): void {
    this.#hungUp.add(hungUp);
    this.#graph.forEachEdge(hungUp, (_edge, to) => {
      const place = this.#files.ofFunction(to);
      if (place) this.#filesOfMemx.add(place.filename);
    });
  }

  /** It wraps functions of the program (`new Int32Array`), and has its own modules in its variables. */
  #isCodeOfMemx(node: number): boolean {
    if (this.#filesOfMemx.size === 0) return false;
    const place = this.#files.ofFunction(node);
    return place !== null && this.#filesOfMemx.has(place.filename);
  }
}
