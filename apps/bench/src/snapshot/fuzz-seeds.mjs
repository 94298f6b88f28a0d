import { readdirSync, readFileSync } from 'node:fs';
import { buildSnapshot, snapshotFormats } from '@memx/advanced/testing';

/** Pieces of real snapshots; programs/snapshot-seed.mjs cut them. */
const REAL = new URL('../../seeds/', import.meta.url);

/** The sound snapshots that broken ones are made from, always the same. @returns {string[]} */
export function makeSeeds() {
  const built = Object.keys(snapshotFormats).flatMap((format) => [
    buildSnapshot(describeService, { format }),
    buildSnapshot(describeWeakness, { format }),
    buildSnapshot(() => {}, { format }),
  ]);
  const real = readdirSync(REAL)
    .sort()
    .map((name) => readFileSync(new URL(name, REAL), 'latin1'));
  return [...built, ...real];
}

function describeService(heap) {
  const cache = heap.object('Cache', { sizeBytes: 48, location: { scriptId: 3, line: 7, column: 11 } });
  heap.edge(heap.root, 'shortcut', 'cache', cache);
  const table = heap.array('(internal array)', { sizeBytes: 160 });
  heap.edge(cache, 'internal', 'table', table);
  let before = cache;
  for (let at = 0; at < 37; at++) {
    const order = heap.object(at % 3 === 0 ? 'Order' : 'Object', { sizeBytes: 31 + at });
    const text = heap.string(`note \\u00e9 "${at}"\n`, { sizeBytes: 24 });
    heap.edge(table, 'element', at, order);
    heap.edge(order, 'property', 'note', text);
    heap.edge(before, at % 2 === 0 ? 'property' : 'context', 'next', order);
    before = order;
  }
  heap.edge(before, 'hidden', 4, cache);
  heap.edge(heap.gcRoots, 'element', 1, heap.closure('handler', { sizeBytes: 64 }));
}

function describeWeakness(heap) {
  const map = heap.object('WeakMap', { sizeBytes: 24 });
  const table = heap.array('', { sizeBytes: 88 });
  const key = heap.object('Key', { sizeBytes: 32 });
  const value = heap.object('Value', { sizeBytes: 40 });
  heap.edge(heap.root, 'shortcut', 'map', map);
  heap.edge(map, 'internal', 'table', table);
  heap.edge(map, 'property', 'key', key);
  const name = `2 / part of key (Key @${key.id}) -> value (Value @${value.id}) pair in WeakMap (table @${table.id})`;
  heap.edge(key, 'internal', name, value);
  heap.edge(table, 'internal', name, value);
  heap.edge(table, 'weak', 'self', table);
  const detached = heap.native('HTMLDivElement', { sizeBytes: 200, id: 86, detachedness: 2 });
  heap.edge(key, 'internal', 'native', detached);
  heap.edge(heap.root, 'element', 2, heap.node('synthetic', '(Document DOM trees)'));
  heap.edge(detached, 'weak', 1, heap.hidden('system / WeakCell', { sizeBytes: 4_294_967_291 }));
}
