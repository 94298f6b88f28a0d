import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHeapColumns } from '../../src/graph/read-heap-columns.js';
import { openSnapshotSource } from '../../src/graph/snapshot-source.js';
import { type NodeCount, SnapshotKernel } from '../../src/snapshot/snapshot-kernel.js';

const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'];
/** Numbers of every length, those of ten digits and more included. */
const number = fc.integer({ min: 0, max: 11 }).chain((digits) => fc.integer({ min: 0, max: 10 ** digits }));
const id = number.map((value) => value % 2 ** 32);
const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.stringMatching(/^[0-9]{1,20} \/ part of key \([a-z]{0,3}"?\\?$/),
);

const heap = fc.record({
  nodes: fc.array(fc.tuple(id, number, fc.nat(2), fc.nat(9)), { minLength: 20, maxLength: 60 }),
  edges: fc.array(fc.tuple(fc.nat(6), number, fc.nat()), { minLength: 300, maxLength: 400 }),
  strings: fc.array(name, { minLength: 20, maxLength: 80 }),
  /** V8's of Node 20, of Node 24, and an editor's. */
  separators: fc.constantFrom('\n,', ',', ' , '),
});

type BuiltHeap = typeof heap extends fc.Arbitrary<infer Built> ? Built : never;

function write({ nodes, edges, strings, separators }: BuiltHeap): string {
  const meta = {
    node_fields: NODE_FIELDS,
    node_types: [['hidden', 'object', 'string']],
    edge_fields: ['type', 'name_or_index', 'to_node'],
    edge_types: [['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak']],
    location_fields: [],
  };
  const records = nodes.map(([ownId, size, type, detached], index) => {
    const edgeCount = index === 0 ? edges.length : 0;
    return [type, index % strings.length, ownId, size, edgeCount, 0, detached];
  });
  const links = edges.map(([type, label, to]) => [type, label, (to % nodes.length) * NODE_FIELDS.length]);
  const flat = (rows: number[][]) => `[${rows.map((row) => row.join()).join(separators)}]`;
  const header = JSON.stringify({ meta, node_count: nodes.length, edge_count: edges.length });
  const texts = strings.map((text) => JSON.stringify(text)).join(separators === ' , ' ? ' , ' : ',\n');
  return `{"snapshot":${header},"nodes":${flat(records)},"edges":${flat(links)},"strings":[${texts}]}`;
}

async function read(text: string, pieceBytes: number) {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );
  const { nodes, edges, edgeNames, strings, store } = await readHeapColumns(await openSnapshotSource(pieces));
  const names = Array.from(edges, (_, edge) => edgeNames.get(edge));
  const texts = Array.from({ length: strings.count }, (_, index) => strings.get(index));
  const sizes = Array.from({ length: nodes.count }, (_, node) => nodes.sizes.get(node));
  store.close();
  return { nodes, edges, names, texts, sizes };
}

describe('SnapshotKernel', () => {
  it('takes all but what the end of the chunk may cut, and says where it stopped', () => {
    const kernel = new SnapshotKernel();
    const chunk = { bytes: Buffer.from('2,222,3333,40,5,0,1\n,'.repeat(100)), byteOffset: 0 };
    const taken = kernel.takeNodes(chunk, 0, { fields: 7, types: 3, edge: 11, most: 1009 });
    expect(taken).toBeGreaterThan(90);
    expect(kernel.stoppedAt).toBe(taken * 21);
    expect(kernel.nodes.names[taken - 1]).toBe(222);
    expect(kernel.nodes.nextEdges[taken - 1]).toBe(11 + taken * 5);
    expect([...kernel.nodes.states.subarray(0, 4)]).toEqual([0, 1, 1, 1]);
  });

  it('counts nodes in a table that is emptied when it is half full', () => {
    const kernel = new SnapshotKernel();
    const rules = { fields: 6, isNamed: [true, false], boundaries: [100] };
    expect(kernel.prepareCounting(rules)).toBe(true);
    const count = 17_389;
    const text = Array.from({ length: count }, (_, at) => `${at % 2},${at},${at % 211},13,0,0,`).join('');
    const chunk = { bytes: Buffer.from(text + ' '.repeat(97)), byteOffset: 0 };
    const sums = new Map<string, number>();
    const take = ({ type, name, cohort, count: counted, sizeBytes }: NodeCount) => {
      expect(sizeBytes).toBe(counted * 13);
      const key = `${type} ${name} ${cohort}`;
      sums.set(key, (sums.get(key) ?? 0) + counted);
    };
    let at = 0;
    let taken = 0;
    let emptied = 0;
    while (taken < count) {
      taken += kernel.countNodes(chunk, at, { rules, most: count - taken });
      at = kernel.stoppedAt;
      if (kernel.isCountingFull) emptied++;
      kernel.takeCounts(take);
    }
    expect(emptied).toBeGreaterThan(0);
    const slow = new Map<string, number>();
    for (let node = 0; node < count; node++) {
      const id = node % 211;
      const cohort = id % 2 === 1 && id >= 100 ? 1 : 0;
      const key = `${node % 2} ${node % 2 === 0 ? node : 0} ${cohort}`;
      slow.set(key, (slow.get(key) ?? 0) + 1);
    }
    expect([...sums].sort()).toEqual([...slow].sort());
    expect(kernel.largestId).toBe(209);
  });

  it('reads the same as going byte by byte', async () => {
    await fc.assert(
      fc.asyncProperty(heap, fc.integer({ min: 81, max: 997 }), async (built, pieceBytes) => {
        const text = write(built);
        const slow = await read(text, 1);
        expect(await read(text, 1 << 20)).toEqual(slow);
        expect(await read(text, pieceBytes)).toEqual(slow);
        expect(slow.texts).toEqual(built.strings);
        expect(slow.sizes).toEqual(built.nodes.map(([, size]) => size));
        expect(slow.names).toEqual(built.edges.map(([, label]) => label));
      }),
      { numRuns: 60 },
    );
  });

  it('takes one piece of several megabytes as it takes many', async () => {
    const nodes = Array.from({ length: 100_003 }, (_, index) => [index * 7, index * 41, index % 3, 0]);
    const edges = Array.from({ length: 300_007 }, (_, index) => [index % 7, index * 13, index * 31]);
    const strings = Array.from(
      { length: 50_021 },
      (_, index) => `name "${index}" \\ ${'x'.repeat(index % 37)}`,
    );
    const text = write({ nodes, edges, strings, separators: '\n,' } as BuiltHeap);
    expect(text.length).toBeGreaterThan(4 << 20);
    expect(await read(text, text.length)).toEqual(await read(text, 60_013));
  });
});
