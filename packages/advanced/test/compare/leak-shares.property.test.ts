import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareLeaks } from '../../src/compare/leak-shares.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import { openBuilt } from '../explain/open-built.js';

/** The slow model: sets of nodes. Sizes divide by up to four leaks, so that the order of adding does not matter. */
function slowShares(graph: HeapGraph, leaks: readonly (readonly number[])[]) {
  const reach = (from: readonly number[], blocked: ReadonlySet<number>) => {
    const seen = new Set(from.filter((node) => !blocked.has(node)));
    for (const node of seen)
      graph.forEachEdge(node, (edge, to) => {
        if (graph.isEssential(edge) && !blocked.has(to)) seen.add(to);
      });
    return seen;
  };
  const outside = reach([graph.root], new Set(leaks.flat()));
  const reached = leaks.map((entries) => reach(entries, outside));
  return reached.map((nodes) => {
    let [share, exclusive] = [0, 0];
    for (const node of nodes) {
      const by = reached.filter((other) => other.has(node)).length;
      share += graph.shallowSizeBytes(node) / by;
      if (by === 1) exclusive += graph.shallowSizeBytes(node);
    }
    return { shareBytes: Math.round(share), exclusiveBytes: exclusive };
  });
}

describe('shareLeaks', () => {
  it('agrees with sets on any graph', async () => {
    const edges = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { minLength: 5, maxLength: 40 });
    const leaks = fc.array(fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(edges, leaks, async (links, chosen) => {
        using graph = await openBuilt((heap) => {
          const nodes = Array.from({ length: 12 }, (_, at) =>
            heap.object(`N${at}`, { sizeBytes: 12 * (7 + at) }),
          );
          heap.edge(heap.root, 'element', 2, nodes[0] as (typeof nodes)[0]);
          heap.edge(heap.root, 'element', 3, nodes[1] as (typeof nodes)[0]);
          for (const [from, to] of links)
            heap.edge(nodes[from] as (typeof nodes)[0], 'property', `p${to}`, nodes[to] as (typeof nodes)[0]);
        });
        const numbers = chosen.map((entries) => entries.map((at) => at + 2)); // behind the two roots
        expect(shareLeaks(graph, numbers)).toEqual(slowShares(graph, numbers));
      }),
      { numRuns: 60 },
    );
  });
});
