import { describe, expect, it } from 'vitest';
import { HeapGraph } from '../../src/graph/heap-graph.js';
import { buildSnapshot } from '../../src/testing/build-snapshot.js';

/** A function at each place, `onData0` first. */
const textOf = (places: readonly { readonly line: number; readonly column: number }[]) =>
  Buffer.from(
    buildSnapshot((heap) => {
      for (const [index, place] of places.entries()) {
        const closure = heap.closure(`onData${index}`, { location: { scriptId: 7, ...place } });
        heap.edge(heap.root, 'element', index, closure);
      }
    }),
  );

async function locationsIn(pieces: readonly Buffer[]) {
  using graph = await HeapGraph.open(pieces);
  return graph.edgesOf(graph.root).flatMap(({ to }) => graph.locationOf(to) ?? []);
}

const places = [
  { line: 0, column: -196 },
  { line: -2, column: 11 },
  { line: 30, column: 4 },
];
const read = [
  { scriptId: 7, line: 1, column: 1 },
  { scriptId: 7, line: 1, column: 12 },
  { scriptId: 7, line: 31, column: 5 },
];

describe('the locations of a snapshot', () => {
  it('stand at the beginning where a script was given an offset that they come before', async () => {
    expect(await locationsIn([textOf(places)])).toEqual(read);
  });

  it('are the same in pieces of one byte', async () => {
    const text = textOf(places);
    expect(await locationsIn(Array.from(text, (byte) => Buffer.of(byte)))).toEqual(read);
  });

  it('are refused where a sign has no number', async () => {
    const broken = Buffer.from(textOf(places).toString().replace('-196', '-'));
    await expect(locationsIn([broken])).rejects.toMatchObject({ code: 'ERR_MEMX_SNAPSHOT_FORMAT' });
  });
});
