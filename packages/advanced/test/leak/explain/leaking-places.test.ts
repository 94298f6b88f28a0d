import { describe, expect, it } from 'vitest';
import { findAccumulations } from '../../../src/explain/accumulations.js';
import { PathWords } from '../../../src/explain/path-words.js';
import { ScriptFiles } from '../../../src/explain/script-files.js';
import { TellingPaths } from '../../../src/explain/telling-paths.js';
import type { HeapGraph } from '../../../src/graph/heap-graph.js';
import { findPlaces } from '../../../src/leak/explain/leaking-places.js';
import type { TypeGrowth } from '../../../src/leak/leak-report.js';
import type { SnapshotBuilder, SnapshotNode } from '../../../src/testing/snapshot-builder.js';
import { openBuilt } from '../../explain/open-built.js';

const span = { settledFromId: 1001, settledBeforeId: 3001 };

function placesOf(graph: HeapGraph, growing: readonly string[] = []) {
  const paths = new TellingPaths(graph);
  const files = new ScriptFiles(graph);
  const heap = {
    graph,
    paths,
    files,
    words: new PathWords(graph, files),
    accumulations: findAccumulations(graph, { paths, span }),
    readAtId: 0,
    bornFromMs: 5_000,
    spanMs: 5_000,
    beforeMs: 5_000,
  };
  return findPlaces(
    heap,
    growing.map((type) => ({ kind: 'object', type }) as TypeGrowth),
  );
}

interface Gathered {
  readonly type: string;
  readonly sizeBytes: number;
  readonly old: number;
  readonly settled: number;
}

/** A list that was there before, with so many objects from before the span and from within it. */
function list(
  heap: SnapshotBuilder,
  name: string,
  { type, sizeBytes, old, settled }: Gathered,
): SnapshotNode[] {
  const holder = heap.object('Array', { id: nextId('old') });
  heap.edge(heap.root, 'shortcut', name, holder);
  const births = [...new Array(old).fill('old'), ...new Array(settled).fill('settled')] as const;
  return births.map((birth, index) => {
    const node = heap.object(type, { sizeBytes, id: nextId(birth) });
    heap.edge(holder, 'element', `${index}`, node);
    return node;
  });
}

/** A function that starts on line 8. */
function functionOf(heap: SnapshotBuilder, name: string, file: string): SnapshotNode {
  const location = { scriptId: 3, line: 7, column: 11 };
  const callback = heap.node('closure', name, { id: nextId('settled'), location });
  const shared = heap.node('code', name, { id: nextId('old') });
  const script = heap.node('code', 'Script', { id: nextId('old') });
  heap.edge(callback, 'internal', 'shared', shared);
  heap.edge(shared, 'internal', 'script', script);
  heap.edge(script, 'internal', 'name', heap.node('string', file, { id: nextId('old') }));
  return callback;
}

const lastIds = { old: 101, settled: 1001 };
const nextId = (birth: keyof typeof lastIds) => (lastIds[birth] += 2);

describe('findPlaces', () => {
  it('passes over a window that is larger than the leak: it has let go of what is older', async () => {
    using graph = await openBuilt((heap) => {
      list(heap, 'frames', { type: 'Frame', sizeBytes: 20_011, old: 0, settled: 13 });
      list(heap, 'services', { type: 'Service', sizeBytes: 101, old: 11, settled: 13 });
    });
    expect(placesOf(graph).map(({ headline }) => headline?.type)).toEqual(['Service']);
  });

  it('passes over what is gathered of other types than those that grow', async () => {
    using graph = await openBuilt((heap) => {
      list(heap, 'rows', { type: 'Row', sizeBytes: 499, old: 11, settled: 13 });
      list(heap, 'services', { type: 'Service', sizeBytes: 101, old: 11, settled: 13 });
    });
    expect(placesOf(graph, ['Service']).map(({ headline }) => headline?.type)).toEqual(['Service']);
    expect(placesOf(graph).map(({ headline }) => headline?.type)).toEqual(['Row', 'Service']);
  });

  it('names what comes with the entries and has a name, and leads to it', async () => {
    using graph = await openBuilt((heap) => {
      for (const entry of list(heap, 'jobs', { type: 'Object', sizeBytes: 31, old: 5, settled: 7 })) {
        const job = heap.object('Job', { sizeBytes: 11, id: nextId('settled') });
        heap.edge(entry, 'property', 'job', job);
        heap.edge(job, 'property', 'log', heap.object('Log', { sizeBytes: 1_009, id: nextId('settled') }));
      }
    });
    const [place] = placesOf(graph);
    expect(place).toMatchObject({ headline: { type: 'Job', depth: 2 }, holder: 'Array' });
    expect(place?.path.slice(-2)).toEqual(['[…]: Object', '.job: Job']);
  });

  it('says of a timer what it is to call', async () => {
    using graph = await openBuilt((heap) => {
      for (const timer of list(heap, 'timers', { type: 'Timeout', sizeBytes: 31, old: 5, settled: 7 })) {
        heap.edge(timer, 'property', '_onTimeout', functionOf(heap, 'refresh', '/app/status.js'));
      }
    });
    expect(placesOf(graph)[0]?.path.at(-1)).toMatch(
      /^the timer's callback: function refresh \(app\/status\.js/,
    );
  });

  it('tells the nearest function of the program that what a package gathers carries, not one of a package', async () => {
    using graph = await openBuilt((heap) => {
      for (const room of list(heap, 'rooms', { type: 'Room', sizeBytes: 31, old: 5, settled: 7 })) {
        const events = heap.object('Object', { id: nextId('settled') });
        heap.edge(room, 'property', 'close', functionOf(heap, 'close', '/app/node_modules/rooms/index.js'));
        heap.edge(room, 'property', '_events', events);
        heap.edge(events, 'property', 'join', functionOf(heap, 'onJoin', '/app/chat.js'));
      }
    });
    expect(placesOf(graph)[0]?.carries).toEqual({
      functionName: 'onJoin',
      filename: '/app/chat.js',
      line: 8,
    });
  });

  it('names the owner of a tree, in whose nodes it gathers a little everywhere', async () => {
    using graph = await openBuilt((heap) => {
      const index = heap.object('SearchIndex', { id: nextId('old') });
      heap.edge(heap.root, 'shortcut', 'index', index);
      for (let branch = 0; branch < 31; branch++) {
        const node = heap.object(`Branch${branch}`, { id: nextId('old') });
        heap.edge(index, 'property', `branch${branch}`, node);
        for (const birth of ['old', 'settled'] as const) {
          const leaf = heap.object(`Leaf${branch}`, { sizeBytes: 53, id: nextId(birth) });
          heap.edge(node, 'property', birth, leaf);
        }
      }
    });
    expect(placesOf(graph)).toMatchObject([
      { holder: 'SearchIndex', accumulation: { count: 31, sizeBytes: 31 * 53 } },
    ]);
  });

  it('names what open handles lead to, for that they are open says the holder', async () => {
    using graph = await openBuilt((heap) => {
      for (let count = 0; count < 11; count++) {
        const birth = count < 4 ? 'old' : 'settled';
        const handle = heap.node('synthetic', 'Node / TCPSocketWrap', { id: 90_000 + 2 * count });
        const wrap = heap.object('TCP', { sizeBytes: 11, id: nextId(birth) });
        heap.edge(heap.root, 'element', count + 2, handle);
        heap.edge(handle, 'internal', 'native_to_javascript', wrap);
        heap.edge(wrap, 'property', 'owner', heap.object('Socket', { sizeBytes: 37, id: nextId(birth) }));
      }
    });
    expect(placesOf(graph)).toMatchObject([
      { holder: 'open handles (TCPSocketWrap)', headline: { type: 'Socket' } },
    ]);
  });
});
