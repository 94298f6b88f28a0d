import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeapGraph } from '../../src/graph/heap-graph.js';
import { buildSnapshot } from '../../src/testing/build-snapshot.js';
import type { SnapshotBuilder, SnapshotNode } from '../../src/testing/snapshot-builder.js';
import { edgeTypes } from '../../src/testing/snapshot-format.js';
import { slowGraph } from './slow-graph.js';

const arbitraryHeap = fc.record({
  nodes: fc.array(
    fc.record({
      type: fc.constantFrom('object', 'hidden', 'array', 'closure', 'string', 'native', 'synthetic'),
      name: fc.constantFrom('Alpha', 'Beta', 'system / Context', 'with "quotes" and ümläuts', ''),
      sizeBytes: fc.oneof(fc.nat(997), fc.constant(5_368_709_121)),
    }),
    { maxLength: 24 },
  ),
  edges: fc.array(
    fc.record({
      from: fc.nat(25),
      to: fc.nat(25),
      type: fc.oneof(fc.constant('property' as const), fc.constantFrom(...edgeTypes)),
    }),
    { maxLength: 70 },
  ),
  pairs: fc.array(fc.record({ table: fc.nat(25), key: fc.nat(25), value: fc.nat(25) }), { maxLength: 3 }),
  format: fc.constantFrom('node20' as const, 'node24' as const),
});

type ArbitraryHeap = typeof arbitraryHeap extends fc.Arbitrary<infer Heap> ? Heap : never;

function fill(heap: SnapshotBuilder, { nodes, edges, pairs }: ArbitraryHeap): void {
  for (const { type, name, sizeBytes } of nodes) heap.node(type, name, { sizeBytes });
  const all = heap.nodes;
  const at = (index: number) => all[index % all.length] as SnapshotNode;
  for (const [index, { from, to, type }] of edges.entries()) {
    heap.edge(at(from), type, type === 'element' || type === 'hidden' ? index : `edge${index % 5}`, at(to));
  }
  for (const [index, { table, key, value }] of pairs.entries()) {
    const pair = `part of key (Key @${at(key).id}) -> value (Value @${at(value).id}) pair in WeakMap (table @${at(table).id})`;
    heap.edge(at(table), 'internal', `${index} / ${pair}`, at(value));
    heap.edge(at(key), 'internal', `${index + 7} / ${pair}`, at(value));
  }
}

/** Pieces of the text, as a stream would bring them. */
function* piecesOf(text: string, pieceBytes: number): Generator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

describe('HeapGraph', () => {
  it('agrees with a slow model on every node, edge, dominator and retained size', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryHeap,
        fc.constantFrom(1, 997, 65_536, 1 << 20),
        async (described, pieceBytes) => {
          const text = buildSnapshot((heap) => fill(heap, described), { format: described.format });
          const slow = slowGraph(text);
          using graph = await HeapGraph.open(piecesOf(text, pieceBytes));
          const nodes = Array.from({ length: graph.nodeCount }, (_, node) => node);
          expect(nodes.map((node) => graph.typeOf(node))).toEqual(slow.types);
          expect(nodes.map((node) => graph.nameOf(node))).toEqual(slow.names);
          expect(nodes.map((node) => graph.idOf(node))).toEqual(slow.ids);
          expect(nodes.map((node) => graph.shallowSizeBytes(node))).toEqual(slow.sizes);
          expect(nodes.flatMap((node) => graph.edgesOf(node)).map(toSlowEdge)).toEqual(slow.edges);
          expect(nodes.map((node) => graph.dominatorOf(node))).toEqual(slow.dominators);
          expect(nodes.map((node) => graph.retainedSizeBytes(node))).toEqual(slow.retained);
        },
      ),
      { numRuns: 300 },
    );
  });
});

function toSlowEdge({
  from,
  to,
  type,
  name,
  isEssential,
}: Awaited<ReturnType<HeapGraph['edgesOf']>>[number]) {
  return { from, to, type, name, essential: isEssential };
}
