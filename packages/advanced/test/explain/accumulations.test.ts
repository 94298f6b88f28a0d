import { describe, expect, it } from 'vitest';
import { findAccumulations } from '../../src/explain/accumulations.js';
import { TellingPaths } from '../../src/explain/telling-paths.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { SnapshotBuilder } from '../../src/testing/snapshot-builder.js';
import { openBuilt } from './open-built.js';

/** Ids below 1001 were there before, those from 3001 on came after the span. */
const span = { settledFromId: 1001, settledBeforeId: 3001 };

const find = (graph: HeapGraph) =>
  findAccumulations(graph, { paths: new TellingPaths(graph), span }).map(({ holder, ...rest }) => ({
    holder: graph.nameOf(holder),
    ...rest,
  }));

/** A registry with a table, in which there are so many old and settled orders of 101 bytes, and one that is new. */
function registry(
  heap: SnapshotBuilder,
  name: string,
  { old, settled }: { old: number; settled: number },
): void {
  const holder = heap.object(name, { id: nextOldId() });
  const table = heap.node('array', '', { id: 4001 + 2 * settled });
  heap.edge(heap.root, 'shortcut', name, holder);
  heap.edge(holder, 'internal', 'table', table);
  const order = (id: number) => {
    const node = heap.object('Order', { sizeBytes: 101, id });
    heap.edge(table, 'internal', `${id}`, node);
    return node;
  };
  for (let count = 0; count < old; count++) order(nextOldId());
  for (let count = 0; count < settled; count++) {
    const note = heap.node('string', 'a note', { sizeBytes: 23, id: nextSettledId() });
    heap.edge(order(nextSettledId()), 'property', 'note', note);
  }
  order(5001 + 2 * settled);
}

let lastOldId = 101;
let lastSettledId = 1001;
const nextOldId = () => (lastOldId += 2);
const nextSettledId = () => (lastSettledId += 2);

describe('findAccumulations', () => {
  it('names the object that was there before, not the table that was made anew as it grew', async () => {
    using graph = await openBuilt((heap) => registry(heap, 'Registry', { old: 3, settled: 7 }));
    expect(find(graph)).toEqual([
      {
        holder: 'Registry',
        entry: expect.any(Number),
        count: 14,
        sizeBytes: 7 * (101 + 23),
        olderBytes: 3 * 101,
        entryCount: 7,
        types: [
          { kind: 'object', type: 'Order', count: 7, sizeBytes: 707, depth: 1, example: expect.any(Number) },
          {
            kind: 'string',
            type: '(string)',
            count: 7,
            sizeBytes: 161,
            depth: 2,
            example: expect.any(Number),
          },
        ],
      },
    ]);
  });

  it('tells what goes on gathering from a window that has let go of its older objects', async () => {
    using graph = await openBuilt((heap) => {
      registry(heap, 'Window', { old: 0, settled: 11 });
      registry(heap, 'Registry', { old: 5, settled: 7 });
    });
    expect(find(graph).map(({ holder, olderBytes }) => ({ holder, olderBytes }))).toEqual([
      { holder: 'Window', olderBytes: 0 },
      { holder: 'Registry', olderBytes: 505 },
    ]);
  });

  it('walks a list of a hundred thousand links to its owner', async () => {
    using graph = await openBuilt((heap) => {
      const queue = heap.object('Queue', { id: 901 });
      heap.edge(heap.root, 'shortcut', 'queue', queue);
      let last = queue;
      for (let count = 0; count < 100_003; count++) {
        const link = heap.object('Link', { sizeBytes: 17, id: 10_001 + 2 * count });
        heap.edge(last, 'property', 'next', link);
        last = link;
      }
    });
    const paths = new TellingPaths(graph);
    const wide = { settledFromId: 10_001, settledBeforeId: 1_000_001 };
    const [found] = findAccumulations(graph, { paths, span: wide });
    expect(graph.nameOf(found?.holder ?? 0)).toBe('Queue');
    expect(found).toMatchObject({ count: 100_003, sizeBytes: 100_003 * 17, entryCount: 1 });
  });

  it('counts as entries what is nearest, and shows a value rather than its key', async () => {
    using graph = await openBuilt((heap) => {
      const cache = heap.object('Map', { id: 901 });
      heap.edge(heap.root, 'shortcut', 'cache', cache);
      for (let count = 0; count < 5; count++) {
        const value = heap.object('Page', { sizeBytes: 31, id: 2001 + 4 * count });
        heap.edge(cache, 'internal', 'key', heap.node('string', `key ${count}`, { id: 2003 + 4 * count }));
        heap.edge(cache, 'internal', 'value', value);
      }
    });
    const paths = new TellingPaths(graph);
    const [found] = findAccumulations(graph, { paths, span });
    expect(found).toMatchObject({ entryCount: 10 });
    expect(graph.nameOf(found?.entry ?? 0)).toBe('Page');
  });

  it('finds an entry where new objects alone lead to what settled: a chain that grows at its head', async () => {
    using graph = await openBuilt((heap) => {
      const timers = heap.object('Timers', { id: 901 });
      heap.edge(heap.root, 'shortcut', 'timers', timers);
      let last = timers;
      for (let count = 0; count < 11; count++) {
        const promise = heap.object('Promise', { sizeBytes: 19, id: (count < 4 ? 3001 : 2001) + 2 * count });
        heap.edge(last, 'internal', 'reaction', promise);
        last = promise;
      }
    });
    expect(find(graph)).toMatchObject([
      { holder: 'Timers', count: 7, entryCount: 1, types: [{ type: 'Promise', depth: 5 }] },
    ]);
  });

  it('leaves out what nothing holds, what V8 keeps for itself, and objects outside its heap', async () => {
    using graph = await openBuilt((heap) => {
      const owner = heap.object('Owner', { id: 901 });
      heap.edge(heap.root, 'shortcut', 'owner', owner);
      const weak = heap.object('Weak', { sizeBytes: 103, id: 2001 });
      heap.edge(owner, 'weak', 'ref', weak);
      heap.edge(
        owner,
        'internal',
        'code',
        heap.node('code', 'system / FeedbackVector', { sizeBytes: 107, id: 2003 }),
      );
      heap.edge(
        owner,
        'internal',
        'store',
        heap.node('native', 'system / JSArrayBufferData', { sizeBytes: 109, id: 2004 }),
      );
    });
    expect(find(graph)).toEqual([]);
  });

  it('takes all handles of one kind, each of which is a root, for one holder that is as old as the program', async () => {
    using graph = await openBuilt((heap) => {
      for (let count = 0; count < 12; count++) {
        const id = count < 5 ? 101 + 4 * count : 1001 + 4 * count;
        const handle = heap.node('synthetic', 'Node / TCPSocketWrap', { id: 90_000 + 2 * count });
        const socket = heap.object('Socket', { sizeBytes: 37, id: id + 2 });
        heap.edge(heap.root, 'element', count + 2, handle);
        const wrap = heap.object('TCP', { sizeBytes: 11, id });
        heap.edge(handle, 'internal', 'native_to_javascript', wrap);
        heap.edge(wrap, 'property', 'owner', socket);
      }
    });
    expect(find(graph)).toMatchObject([
      { holder: 'Node / TCPSocketWrap', count: 14, sizeBytes: 7 * 48, olderBytes: 5 * 48, entryCount: 7 },
    ]);
  });

  it('leaves out what memx itself has gathered', async () => {
    using graph = await openBuilt((heap) => {
      const global = heap.object('global', { id: 101 });
      heap.edge(heap.root, 'shortcut', 'global', global);
      for (const name of ['<symbol memx.resource-recording/1>', 'orders']) {
        const holder = heap.object('Array', { id: nextOldId() });
        const cell = heap.node('hidden', 'system / PropertyCell');
        heap.edge(global, 'property', name, holder);
        heap.edge(global, 'internal', 'cell', cell);
        heap.edge(cell, 'internal', 'value', holder); // the way that costs less
        heap.edge(holder, 'element', 0, heap.object(`of ${name}`, { sizeBytes: 17, id: nextSettledId() }));
      }
    });
    expect(find(graph)).toMatchObject([{ types: [{ type: 'of orders' }] }]);
  });

  it('names what has the first link of a chain that grows at its end, not the last link that was there', async () => {
    using graph = await openBuilt((heap) => {
      const head = heap.object('Listeners', { id: 901 });
      heap.edge(heap.root, 'shortcut', 'listeners', head);
      let last = head;
      for (let count = 0; count < 12; count++) {
        const id = count < 5 ? 903 + 2 * count : 1001 + 2 * count;
        const link = heap.object('Listener', { sizeBytes: 41, id });
        heap.edge(last, 'property', 'next', link);
        last = link;
      }
    });
    expect(find(graph)).toMatchObject([
      { holder: 'Listeners', count: 7, sizeBytes: 7 * 41, olderBytes: 5 * 41, entryCount: 1 },
    ]);
  });

  it('asks for the owner of each of a hundred thousand links that gather', async () => {
    using graph = await openBuilt((heap) => {
      let last = heap.object('Queue', { id: 901 });
      heap.edge(heap.root, 'shortcut', 'queue', last);
      for (let count = 0; count < 100_003; count++) {
        const link = heap.object('Link', { id: 10_001 + 2 * count });
        heap.edge(last, 'property', `to${count % 2}`, link);
        heap.edge(link, 'property', 'note', heap.object('Note', { sizeBytes: 17, id: 400_001 + 2 * count }));
        last = link;
      }
    });
    const found = findAccumulations(graph, {
      paths: new TellingPaths(graph),
      span: { settledFromId: 400_001, settledBeforeId: 1_000_001 },
    });
    expect(found).toHaveLength(100_003);
  });

  it('finds what a program gathers that has memx in the same file: a bundle', async () => {
    using graph = await openBuilt((heap) => {
      const bundled = (name: string) => {
        const nodes = [
          heap.node('closure', name, { id: nextOldId() }),
          heap.node('code', name),
          heap.node('code', ''),
        ] as const;
        heap.edge(nodes[0], 'internal', 'shared', nodes[1]);
        heap.edge(nodes[1], 'internal', 'script', nodes[2]);
        heap.edge(nodes[2], 'internal', 'name', heap.node('string', '/app/dist/server.js'));
        return nodes[0];
      };
      const global = heap.object('global', { id: 103 });
      const recording = heap.object('Object', { id: nextOldId() });
      const handler = bundled('handler');
      const orders = heap.object('Orders', { id: nextOldId() });
      heap.edge(heap.root, 'shortcut', 'global', global);
      heap.edge(global, 'property', '<symbol memx.recording/1>', recording);
      heap.edge(recording, 'property', 'readText', bundled('readText'));
      heap.edge(global, 'property', 'handler', handler);
      heap.edge(handler, 'property', 'orders', orders);
      heap.edge(orders, 'element', 0, heap.object('Order', { sizeBytes: 17, id: nextSettledId() }));
    });
    expect(find(graph)).toMatchObject([{ holder: 'Orders', types: [{ type: 'Order' }] }]);
  });
});
