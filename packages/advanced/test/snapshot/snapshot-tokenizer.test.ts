import { describe, expect, it } from 'vitest';
import { NumberArrayReader } from '../../src/snapshot/number-array-reader.js';
import { SnapshotTokenizer } from '../../src/snapshot/snapshot-tokenizer.js';
import { StringArrayReader } from '../../src/snapshot/string-array-reader.js';
import { buildSnapshot } from '../../src/testing/build-snapshot.js';

/** A reader that wants everything, as one that builds the graph will. */
function readAll(text: string, pieceBytes: number) {
  const seen = { nodes: [] as number[], edges: [] as number[], strings: [] as string[] };
  const tokenizer = new SnapshotTokenizer({
    takeLayout: () => {},
    startNodes: ({ nodeLength }) =>
      new NumberArrayReader(nodeLength, (numbers, length) => seen.nodes.push(...numbers.subarray(0, length))),
    startEdges: ({ edgeLength }) =>
      new NumberArrayReader(edgeLength, (numbers, length) => seen.edges.push(...numbers.subarray(0, length))),
    startStrings: () =>
      new StringArrayReader(Uint32Array.of(0, 1, 2, 3, 4, 5), (_index, string) => seen.strings.push(string)),
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) tokenizer.write(bytes.subarray(at, at + pieceBytes));
  tokenizer.end();
  return seen;
}

const text = buildSnapshot(
  (heap) => {
    const list = heap.object('List');
    for (let index = 0; index < 5003; index++) heap.edge(list, 'element', index, heap.object('Item'));
    heap.edge(list, 'property', 'owner', heap.root);
  },
  { format: 'node22' },
);

describe('SnapshotTokenizer', () => {
  it.each([1, 7, 1000, 1 << 20])(
    'hands over whole nodes, edges and strings from pieces of %d bytes',
    (pieceBytes) => {
      const { nodes, edges, strings } = JSON.parse(text);
      const seen = readAll(text, pieceBytes);
      expect(seen.nodes).toEqual(nodes);
      expect(seen.edges).toEqual(edges);
      expect(seen.strings).toEqual(strings);
    },
  );

  it('refuses fewer edges than the header promises', () => {
    const broken = text.replace(/"edge_count":5005/, '"edge_count":5006');
    expect(() => readAll(broken, 1000)).toThrow('5006 edges');
  });

  it('refuses a section that comes twice', () => {
    for (const section of ['nodes', 'edges', 'samples']) {
      const twice = text.replace('"strings":', `"${section}":[],"strings":`);
      expect(() => readAll(twice, 1000)).toThrow(`"${section}" no second time`);
    }
  });
});
