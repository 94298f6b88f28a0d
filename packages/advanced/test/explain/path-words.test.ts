import { describe, expect, it } from 'vitest';
import { PathWords } from '../../src/explain/path-words.js';
import { retainingPath } from '../../src/explain/retaining-path.js';
import { ScriptFiles } from '../../src/explain/script-files.js';
import { TellingPaths } from '../../src/explain/telling-paths.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { SnapshotBuilder, SnapshotNode } from '../../src/testing/snapshot-builder.js';
import { nodeNamed, openBuilt } from './open-built.js';

const describePath = (graph: HeapGraph, name: string) =>
  new PathWords(graph, new ScriptFiles(graph)).describe(
    retainingPath(new TellingPaths(graph), nodeNamed(graph, name)),
  );

/** A function with its script, as V8 writes them since Node 24 (up to 22 the link is `script_or_debug_info`). */
function closure(
  heap: SnapshotBuilder,
  name: string,
  { file, link = 'script' }: { file: string; link?: string },
): SnapshotNode {
  const node = heap.node('closure', name, { location: { scriptId: 7, line: 11, column: 3 } });
  const shared = heap.node('code', name);
  const script = heap.node('code', file);
  heap.edge(node, 'internal', 'shared', shared);
  heap.edge(shared, 'internal', link, script);
  heap.edge(script, 'internal', 'name', heap.node('string', file));
  return node;
}

/** Objects of these names, each a property of the one before it. */
function chainOf(heap: SnapshotBuilder, first: SnapshotNode, names: readonly string[]): SnapshotNode {
  return names.reduce((from, name) => {
    const next = heap.object(name);
    heap.edge(from, 'property', name, next);
    return next;
  }, first);
}

describe('PathWords', () => {
  it.each(['script', 'script_or_debug_info'])(
    'names a variable with the file of its function (%s)',
    async (link) => {
      using graph = await openBuilt((heap) => {
        const global = heap.object('global');
        heap.edge(heap.root, 'shortcut', 'global', global);
        const register = closure(heap, 'register', {
          file: '/app/node_modules/xstate/lib/registry.js',
          link,
        });
        const scope = heap.object('system / Context');
        const children = heap.object('Map');
        const table = heap.node('array', '');
        heap.edge(global, 'property', 'run', register);
        heap.edge(register, 'internal', 'context', scope);
        heap.edge(scope, 'context', 'children', children);
        heap.edge(children, 'internal', 'table', table);
        heap.edge(table, 'internal', '515', heap.object('Interpreter'));
      });
      expect(describePath(graph, 'Interpreter')).toEqual([
        '(root)',
        'global',
        '.run: function register (xstate/lib/registry.js:12)',
        'variable children in xstate/lib/registry.js: Map',
        'Interpreter',
      ]);
    },
  );

  it('begins anew at a module, and says the links of a list once', async () => {
    using graph = await openBuilt((heap) => {
      const module = heap.object('Module');
      heap.edge(heap.root, 'shortcut', 'cache', module);
      heap.edge(module, 'property', 'filename', heap.node('string', '/srv/app/queue.js'));
      let last: SnapshotNode = heap.object('Queue');
      heap.edge(module, 'property', 'exports', last);
      for (let count = 0; count < 5; count++) {
        const link = heap.object(count === 4 ? 'Last' : 'Link');
        heap.edge(last, 'property', 'next', link);
        last = link;
      }
    });
    expect(describePath(graph, 'Last')).toEqual([
      '(root)',
      'module app/queue.js',
      '.exports: Queue',
      '.next: Link (4 times)',
      '.next: Last',
    ]);
  });

  it('says a cycle of links once', async () => {
    using graph = await openBuilt((heap) => {
      let last: SnapshotNode = heap.object('Chain');
      heap.edge(heap.root, 'shortcut', 'chain', last);
      for (let count = 0; count < 7; count++) {
        const link = heap.object('Link');
        heap.edge(last, 'property', 'next', link);
        last = heap.object(count === 6 ? 'Last' : 'Value');
        heap.edge(link, 'property', 'value', last);
      }
    });
    expect(describePath(graph, 'Last')).toEqual([
      '(root)',
      'Chain',
      '.next: Link',
      '.value: Value (6 times)',
      '.next: Link',
      '.value: Last',
    ]);
  });

  it('names an ES module by its URL, and what waits for a promise', async () => {
    using graph = await openBuilt((heap) => {
      const module = heap.object('ModuleWrap');
      heap.edge(heap.root, 'shortcut', 'entry', module);
      heap.edge(module, 'property', 'url', heap.string('file:///srv/app/main.mjs'));
      const promise = heap.object('Promise');
      heap.edge(module, 'internal', '2', promise);
      const reaction = heap.hidden('system / PromiseReaction');
      heap.edge(promise, 'internal', 'reactions_or_result', reaction);
      const handler = closure(heap, 'onReady', { file: '/srv/app/main.mjs' });
      heap.edge(reaction, 'hidden', 1, handler);
    });
    expect(describePath(graph, 'onReady').slice(1)).toEqual([
      'module app/main.mjs',
      'Promise',
      'called when the promise settles: function onReady (app/main.mjs:12)',
    ]);
  });

  it('goes by names that people gave rather than by a shorter way through V8', async () => {
    using graph = await openBuilt((heap) => {
      const global = heap.object('global');
      const app = heap.object('App');
      const cache = heap.object('Cache');
      heap.edge(heap.root, 'shortcut', 'global', global);
      heap.edge(global, 'internal', 'code', cache);
      heap.edge(global, 'property', 'app', app);
      heap.edge(app, 'property', 'cache', cache);
    });
    expect(describePath(graph, 'Cache')).toEqual(['(root)', 'global', '.app: App', '.cache: Cache']);
  });

  it('does not go through memx when there is another way', async () => {
    using graph = await openBuilt((heap) => {
      const global = heap.object('global');
      const loaded = heap.object('InstrumentedFiles');
      const cache = heap.object('Cache');
      heap.edge(heap.root, 'shortcut', 'global', global);
      heap.edge(global, 'property', '<symbol memx.lines/1>', loaded);
      heap.edge(loaded, 'property', 'cache', cache);
      heap.edge(chainOf(heap, global, ['process', 'mainModule', 'exports']), 'property', 'cache', cache);
    });
    expect(describePath(graph, 'Cache').at(-2)).toBe('.exports: exports');
  });

  it('does not go through the functions by which memx wraps those of the program, either', async () => {
    using graph = await openBuilt((heap) => {
      const ofMemx = { file: '/app/node_modules/@memx/advanced/dist/agent/index.cjs' };
      const global = heap.object('global');
      const recording = heap.object('Object');
      const wrapper = closure(heap, 'Stand', ofMemx);
      const scope = heap.node('object', 'system / Context');
      const cache = heap.object('Cache');
      heap.edge(heap.root, 'shortcut', 'global', global);
      heap.edge(global, 'property', '<symbol memx.recording/1>', recording);
      heap.edge(recording, 'property', 'readText', closure(heap, 'readText', ofMemx));
      heap.edge(global, 'property', 'Int32Array', wrapper);
      heap.edge(wrapper, 'internal', 'context', scope);
      heap.edge(scope, 'context', 'cache', cache);
      heap.edge(
        chainOf(heap, global, ['process', 'mainModule', 'parent', 'children', 'main', 'exports', 'app']),
        'property',
        'cache',
        cache,
      );
    });
    expect(describePath(graph, 'Cache').at(-2)).toBe('.app: app');
  });

  it('goes through what was there before rather than through what is young, if by a few steps more', async () => {
    using graph = await openBuilt((heap) => {
      const request = heap.object('IncomingMessage', { id: 2001 });
      const sessions = heap.object('Sessions', { id: 901 });
      heap.edge(heap.root, 'shortcut', 'request', request);
      heap.edge(request, 'property', 'sessions', sessions);
      let last: SnapshotNode | null = null;
      for (const [index, name] of ['Server', 'Router', 'Layer', 'Store'].entries()) {
        const next = heap.object(name, { id: 101 + 2 * index });
        heap.edge(last ?? heap.root, last ? 'property' : 'shortcut', name, next);
        last = next;
      }
      if (last) heap.edge(last, 'property', 'sessions', sessions);
    });
    const wayTo = (paths: TellingPaths) => {
      const parent = paths.parentOf(nodeNamed(graph, 'Sessions'));
      return parent && graph.nameOf(parent.from);
    };
    expect(wayTo(new TellingPaths(graph))).toBe('IncomingMessage');
    expect(wayTo(new TellingPaths(graph, { youngFromId: 1001 }))).toBe('Store');
  });
});
