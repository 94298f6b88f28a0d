import { describe, expect, it } from 'vitest';
import { readHeapColumns } from '../../src/graph/read-heap-columns.js';
import { openSnapshotSource } from '../../src/graph/snapshot-source.js';

const FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'];

/** A root over a list of nodes, each with as many edges to the next one as asked for; no names, nothing else. */
function* heapOf(nodeCount: number, edgesPerNode: number): Generator<string> {
  const edgeCount = 1 + (nodeCount - 2) * edgesPerNode;
  const meta = {
    node_fields: FIELDS,
    node_types: [['synthetic', 'object']],
    edge_fields: ['type', 'name_or_index', 'to_node'],
    edge_types: [['element']],
    location_fields: [],
  };
  yield JSON.stringify({ snapshot: { meta, node_count: nodeCount, edge_count: edgeCount } }).slice(0, -1);
  yield ',"nodes":[0,0,1,0,1,0';
  for (let node = 1; node < nodeCount; node++) {
    yield `,1,0,${2 * node + 1},24,${node + 1 < nodeCount ? edgesPerNode : 0},0`;
  }
  yield `],"edges":[0,0,${FIELDS.length}`;
  for (let node = 1; node + 1 < nodeCount; node++) {
    yield `,0,1,${(node + 1) * FIELDS.length}`.repeat(edgesPerNode);
  }
  yield '],"strings":[""]}';
}

/** Bytes of all columns that the reader holds for such a heap once its text is read. */
async function weigh(nodeCount: number, edgesPerNode: number): Promise<number> {
  const opened = await openSnapshotSource(heapOf(nodeCount, edgesPerNode));
  const heap = await readHeapColumns(opened);
  // The end of a small stream is kept in memory, where a file's stays on the disk.
  const { store, strings: _names, edgeNames, ...columns } = heap;
  const marks = Reflect.get(edgeNames, 'marks') as Float64Array;
  store.close();
  expect([columns.nodes.count, columns.edges.length]).toEqual([
    nodeCount,
    1 + (nodeCount - 2) * edgesPerNode,
  ]);
  return [...buffersOf([columns, marks])].reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

/** Every array buffer that can be reached. */
function buffersOf(value: unknown, found = new Set<ArrayBufferLike>(), seen = new Set<unknown>()) {
  if (typeof value !== 'object' || value === null || seen.has(value)) return found;
  seen.add(value);
  if (ArrayBuffer.isView(value)) found.add(value.buffer);
  else for (const held of Object.values(value)) buffersOf(held, found, seen);
  return found;
}

describe('the memory of a heap graph', () => {
  // Within 5 %: a column more, or a wider one, must be somebody's decision.
  it('is 17 bytes per node and 4 per edge once the text is read', async () => {
    const [small, nodes, edges] = [await weigh(50_021, 1), await weigh(150_021, 1), await weigh(50_021, 3)];
    const perEdge = (edges - small) / 100_038;
    const perNode = (nodes - small) / 100_000 - perEdge;
    expect(perEdge / 4.03).toBeGreaterThan(0.95);
    expect(perEdge / 4.03).toBeLessThan(1.05);
    expect(perNode / 17).toBeGreaterThan(0.95);
    expect(perNode / 17).toBeLessThan(1.05);
  });
});
