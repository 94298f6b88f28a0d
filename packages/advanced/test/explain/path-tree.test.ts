import { describe, expect, it } from 'vitest';
import { HeapExplainer } from '../../src/explain/heap-explainer.js';
import { wordsOf } from '../../src/explain/path-place.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { SnapshotBuilder, SnapshotNode } from '../../src/testing/snapshot-builder.js';
import { nodeNamed, openBuilt } from './open-built.js';

const placeOf = (graph: HeapGraph, name: string) => {
  const place = new HeapExplainer(graph).tree.placeOf(nodeNamed(graph, name));
  return place && { path: wordsOf(place), count: place.count, shallowBytes: place.shallowBytes };
};

function global(heap: SnapshotBuilder, name: string): SnapshotNode {
  const node = heap.object(name);
  heap.edge(heap.root, 'shortcut', name, node);
  return node;
}

describe('PathTree', () => {
  it('counts objects that are reached in the same words, with their storage, as one place', async () => {
    using graph = await openBuilt((heap) => {
      const cache = global(heap, 'Cache');
      const table = heap.array('', { sizeBytes: 211 });
      heap.edge(cache, 'internal', 'table', table);
      for (let key = 0; key < 13; key++)
        heap.edge(table, 'internal', `${key}`, heap.object('Order', { sizeBytes: 17 }));
    });
    expect(placeOf(graph, 'Order')).toEqual({
      path: ['(root)', 'Cache', 'Order'],
      count: 13,
      shallowBytes: 221,
    });
    expect(placeOf(graph, 'Cache')).toMatchObject({ count: 1, shallowBytes: 211 });
  });

  it('never tells the keys of an object that is used as a table', async () => {
    using graph = await openBuilt((heap) => {
      const sessions = global(heap, 'Sessions');
      for (let key = 0; key < 37; key++)
        heap.edge(sessions, 'property', `secret-${key}`, heap.object('Session'));
    });
    expect(placeOf(graph, 'Session')).toMatchObject({
      path: ['(root)', 'Sessions', '[key]: Session'],
      count: 37,
    });
    expect(new HeapExplainer(graph).pathTo(nodeNamed(graph, 'Session'))).not.toContain('secret');
  });

  it('folds a structure that links to itself', async () => {
    using graph = await openBuilt((heap) => {
      let last = global(heap, 'Queue');
      for (let count = 0; count < 1009; count++) {
        const box = heap.object('Box');
        const link = heap.object('Link');
        heap.edge(last, 'property', 'box', box);
        heap.edge(box, 'property', 'link', link);
        last = link;
      }
    });
    expect(placeOf(graph, 'Link')).toMatchObject({
      path: ['(root)', 'Queue', '.box: Box', '.link: Link'],
      count: 1009,
    });
  });

  it('tells modules apart that one table holds', async () => {
    using graph = await openBuilt((heap) => {
      const cache = global(heap, 'cache');
      for (const file of ['a', 'b']) {
        const module = heap.object('Module');
        heap.edge(cache, 'property', file, module);
        heap.edge(module, 'property', 'filename', heap.string(`/app/${file}.js`));
        heap.edge(module, 'property', 'exports', heap.object(`Exports${file}`));
      }
    });
    expect(placeOf(graph, 'Exportsa')?.path.at(-2)).toBe('module app/a.js');
    expect(placeOf(graph, 'Exportsb')?.path.at(-2)).toBe('module app/b.js');
  });

  it('has no place for what is held weakly', async () => {
    using graph = await openBuilt((heap) => {
      heap.edge(global(heap, 'Owner'), 'weak', 'ref', heap.object('Weak'));
    });
    const place = placeOf(graph, 'Weak');
    expect(place === null || place.path.length <= 2).toBe(true);
  });
});
