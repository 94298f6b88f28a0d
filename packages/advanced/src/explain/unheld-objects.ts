import type { HeapExplainer } from './heap-explainer.js';

/** Objects that no strong reference leads to, or that an embedder has let go of. */
export interface UnheldObjects {
  /** Only weak references lead to them (a WeakRef, a cache of V8), or none at all: the next collections free them. */
  readonly weaklyHeldCount: number;
  readonly weaklyHeldBytes: number;
  /** Wrappers that their native part has let go of (Node), nodes of a document that is not shown any more (Chrome). */
  readonly detachedCount: number;
  readonly detachedBytes: number;
}

/** One pass over the nodes, beside the explainer's paths. */
export function countUnheld({ graph, paths }: HeapExplainer): UnheldObjects {
  let [weaklyHeldCount, weaklyHeldBytes, detachedCount, detachedBytes] = [0, 0, 0, 0];
  for (let node = 0; node < graph.nodeCount; node++) {
    if (node !== graph.root && paths.parentOf(node) === null) {
      weaklyHeldCount += 1;
      weaklyHeldBytes += graph.shallowSizeBytes(node);
    }
    if (graph.detachednessOf(node) === 'detached') {
      detachedCount += 1;
      detachedBytes += graph.shallowSizeBytes(node);
    }
  }
  return { weaklyHeldCount, weaklyHeldBytes, detachedCount, detachedBytes };
}
