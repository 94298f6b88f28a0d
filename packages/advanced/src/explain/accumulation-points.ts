import type { HeapExplainer, HeapObject } from './heap-explainer.js';
import { heldAlone } from './held-alone.js';
import { isOfProgram } from './largest-objects.js';

/** One object that holds much of the heap in many parts. */
export interface AccumulationPoint {
  readonly object: HeapObject;
  /** Of all bytes in the heap, 0 to 1, what would go with it. */
  readonly heapShare: number;
  readonly path: readonly string[];
  /** Of what it alone holds, directly or in its own storage, the class that retains most. */
  readonly held: HeldClass;
}

export interface HeldClass {
  readonly kind: string;
  readonly type: string;
  readonly count: number;
  readonly retainedBytes: number;
}

const LEAST_HEAP_SHARE = 0.02;
/** Fewer are the parts of an object, not what it has gathered. */
const LEAST_COUNT = 20;
/** The class that makes up less of it is not what it is about. */
const LEAST_HELD_SHARE = 0.4;

/** Node's modules, which it knows by heart: 7 % of a small program. */
const OF_NODE = 'BuiltinModule';

/**
 * Where one object holds much of the heap: a list, a table, a cache. Found in the tree of dominators: an object that
 * retains 2 % or more, of which 40 % are objects of one class, 20 or more, that it alone holds. The largest first.
 *
 * Cost: one pass over the nodes, and one over what the largest of them dominate immediately.
 */
export function findAccumulationPoints(
  explainer: HeapExplainer,
  { top }: { readonly top: number },
): AccumulationPoint[] {
  const { graph } = explainer;
  const least = graph.totalBytes * LEAST_HEAP_SHARE;
  const found: { node: number; held: HeldClass }[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.retainedSizeBytes(node) < least || !isOfProgram(graph, node) || isOfSystem(explainer, node))
      continue;
    const held = largestClassHeldBy(explainer, node);
    if (
      held &&
      held.count >= LEAST_COUNT &&
      held.retainedBytes >= graph.retainedSizeBytes(node) * LEAST_HELD_SHARE
    )
      found.push({ node, held });
  }
  return found
    .sort((a, b) => graph.retainedSizeBytes(b.node) - graph.retainedSizeBytes(a.node))
    .slice(0, top)
    .map(({ node, held }) => ({
      object: explainer.describe(node),
      heapShare: graph.retainedSizeBytes(node) / graph.totalBytes,
      path: explainer.pathTo(node),
      held,
    }));
}

/** Globals and the tables of Node's own start hold the same in every program. */
function isOfSystem({ graph }: HeapExplainer, node: number): boolean {
  return graph.nameOf(node).startsWith('global') || graph.nameOf(node) === 'process';
}

function largestClassHeldBy({ graph }: HeapExplainer, node: number): HeldClass | null {
  const classes = new Map<string, { kind: string; type: string; count: number; retainedBytes: number }>();
  for (const below of heldAlone(graph, node)) {
    const kind = graph.kindOf(below);
    const type = graph.classNameOf(below);
    const row = classes.get(`${kind} ${type}`) ?? { kind, type, count: 0, retainedBytes: 0 };
    classes.set(`${kind} ${type}`, row);
    row.count += 1;
    row.retainedBytes += graph.retainedSizeBytes(below);
  }
  let largest: HeldClass | null = null;
  for (const row of classes.values())
    if (!largest || row.retainedBytes > largest.retainedBytes) largest = row;
  return largest?.type === OF_NODE ? null : largest;
}
