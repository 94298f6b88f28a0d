import { buildSnapshot, snapshotFormats } from '@memx/advanced/testing';
import { addGlobal } from './built-global.mjs';
import {
  describeDoublyLinked,
  describeLadder,
  describeListInArray,
  describeNesting,
  describeRandom,
} from './built-shapes.mjs';
import { Random } from './random.mjs';

/** Made-up heaps for what small real programs do not show, each in the format of another Node. @returns {[name: string, text: string][]} */
export function buildHeaps() {
  const formats = Object.keys(snapshotFormats);
  return Object.entries(HEAPS).map(([name, describe], at) => {
    const format = formats[at % formats.length];
    return [`built: ${name} (${format})`, buildSnapshot(describe, { format })];
  });
}

const RANDOM_HEAPS = Array.from({ length: 8 }, (_, at) => [
  `random graph ${at}`,
  (heap) => describeRandom(heap, new Random(at)),
]);

const HEAPS = {
  'WeakMap entries by key and by table': describeEphemerons,
  'weak, self and shortcut edges': describeIdleEdges,
  'nodes that only weak edges or each other hold': describeOrphans,
  'what the page owns, held from outside as well': describePage,
  'detached and attached DOM nodes': describeDom,
  'storage of one owner, of several, and of roots': describeStorage,
  'no globals of the program': describeInternals,
  'a long list whose values are also in an array': describeListInArray,
  'a doubly linked list': describeDoublyLinked,
  'ladders and diamonds': describeLadder,
  'map descriptors and sloppy function maps': describeMisleadingEdges,
  'classes that nest in themselves': describeNesting,
  'names that only look like WeakMap entries': describeLookalikes,
  ...Object.fromEntries(RANDOM_HEAPS),
};

function nameOfPair(number, { key, value, table }) {
  return `${number} / part of key (${key.name} @${key.id}) -> value (${value.name} @${value.id}) pair in WeakMap (table @${table.id})`;
}

function addPair(heap, pair, number) {
  heap.edge(pair.key, 'internal', nameOfPair(number, pair), pair.value);
  heap.edge(pair.table, 'internal', nameOfPair(number + 1, pair), pair.value);
}

function describeEphemerons(heap) {
  const global = addGlobal(heap);
  const map = heap.object('WeakMap', { sizeBytes: 23 });
  const table = heap.array('', { sizeBytes: 89 });
  heap.edge(global, 'property', 'map', map);
  heap.edge(map, 'internal', 'table', table);
  for (let at = 0; at < 5; at++) {
    const key = heap.object('Key', { sizeBytes: 31 });
    const value = heap.object('Value', { sizeBytes: 41 + at });
    heap.edge(value, 'property', 'inner', heap.string('text', { sizeBytes: 17 }));
    heap.edge(at < 3 ? global : value, 'property', `key ${at}`, key); // from the fourth on only its own value holds the key
    heap.edge(table, 'weak', at, key);
    addPair(heap, { key, value, table }, 2 * at + 2);
    if (at === 2) heap.edge(global, 'property', 'value', value);
  }
}

function describeIdleEdges(heap) {
  const global = addGlobal(heap);
  const [first, second] = [heap.object('First', { sizeBytes: 13 }), heap.object('Second', { sizeBytes: 19 })];
  const bound = heap.closure('bound', { sizeBytes: 47 });
  heap.edge(global, 'property', 'first', first);
  heap.edge(first, 'property', 'self', first);
  heap.edge(first, 'weak', 'cached', second);
  heap.edge(global, 'property', 'bound', bound);
  heap.edge(bound, 'shortcut', 'bound_target', second);
  heap.edge(bound, 'internal', 'target', second);
  heap.edge(heap.root, 'shortcut', 'second', second);
  heap.edge(heap.root, 'shortcut', 'global', global); // twice
}

function describeOrphans(heap) {
  const global = addGlobal(heap);
  const nodes = Array.from({ length: 9 }, (_, at) =>
    heap.object(`Orphan${at % 3}`, { sizeBytes: 5 + at * at }),
  );
  const [weakly, below, ring1, ring2, ring3, hanging, alone, pair1, pair2] = nodes;
  heap.edge(global, 'weak', 'weakly', weakly);
  heap.edge(weakly, 'property', 'below', below);
  heap.edge(ring1, 'property', 'next', ring2);
  heap.edge(ring2, 'property', 'next', ring3);
  heap.edge(ring3, 'property', 'next', ring1);
  heap.edge(ring2, 'property', 'hanging', hanging);
  heap.edge(weakly, 'property', 'ring', alone);
  heap.edge(pair1, 'property', 'other', pair2);
  heap.edge(pair2, 'property', 'other', pair1);
  heap.edge(pair2, 'property', 'below', below);
}

function describePage(heap) {
  const global = addGlobal(heap);
  const debuggerRoot = heap.node('synthetic', '(Global handles)');
  heap.edge(heap.gcRoots, 'element', 3, debuggerRoot);
  const held = heap.object('Held', { sizeBytes: 37 });
  const own = heap.object('SystemOnly', { sizeBytes: 43 });
  heap.edge(global, 'property', 'held', held);
  heap.edge(debuggerRoot, 'element', 1, held);
  heap.edge(debuggerRoot, 'element', 2, own);
  heap.edge(own, 'property', 'sees', held);
  heap.edge(held, 'weak', 'own', own);
  heap.edge(own, 'property', 'deep', heap.object('SystemOnly', { sizeBytes: 3 }));
}

function describeDom(heap) {
  const global = addGlobal(heap);
  const trees = heap.node('synthetic', '(Document DOM trees)');
  heap.edge(heap.root, 'element', 7, trees);
  const document = heap.native('HTMLDocument', { sizeBytes: 101, id: 40, detachedness: 1 });
  heap.edge(trees, 'element', 1, document);
  let parent = document;
  for (let at = 0; at < 3; at++) {
    const child = heap.native('<div id="a">', { sizeBytes: 61, id: 60 + 2 * at });
    heap.edge(parent, 'internal', 'child', child);
    parent = child;
  }
  const wrapper = heap.object('HTMLDivElement', { sizeBytes: 53 });
  const detached = heap.native('HTMLDivElement', { sizeBytes: 59, id: 80, detachedness: 2 });
  const below = heap.native('Text', { sizeBytes: 67, id: 82 });
  heap.edge(global, 'property', 'leaked', wrapper);
  heap.edge(wrapper, 'internal', 'native', detached);
  heap.edge(detached, 'internal', 'firstChild', below);
  heap.edge(detached, 'internal', 'document', document);
}

function describeStorage(heap) {
  const global = addGlobal(heap);
  const [first, second] = [heap.object('First', { sizeBytes: 29 }), heap.object('Second', { sizeBytes: 31 })];
  const elements = heap.array('(object elements)', { sizeBytes: 1009 });
  const inner = heap.hidden('system / Cell', { sizeBytes: 23 });
  const common = heap.array('', { sizeBytes: 211 });
  const belowCommon = heap.hidden('system / PropertyCell', { sizeBytes: 7 });
  const external = heap.native('system / ExternalStringData', { sizeBytes: 4001, id: 90 });
  const buffer = heap.native('system / JSArrayBufferData', { sizeBytes: 503, id: 92 });
  const text = heap.string('outside', { sizeBytes: 33 });
  const rootsArray = heap.array('(strong roots)', { sizeBytes: 97 });
  const unowned = heap.hidden('system / Unowned', { sizeBytes: 71 });
  for (const [name, object] of Object.entries({ first, second })) heap.edge(global, 'property', name, object);
  heap.edge(first, 'internal', 'elements', elements);
  heap.edge(elements, 'internal', 'inner', inner);
  heap.edge(inner, 'internal', 'back', elements);
  heap.edge(elements, 'element', 0, second);
  heap.edge(first, 'internal', 'common', common);
  heap.edge(second, 'internal', 'common', common);
  heap.edge(common, 'internal', 'cell', belowCommon);
  heap.edge(second, 'property', 'text', text);
  heap.edge(text, 'internal', 'resource', external);
  heap.edge(second, 'internal', 'backing_store', buffer);
  heap.edge(heap.gcRoots, 'element', 9, rootsArray);
  heap.edge(global, 'weak', 'unowned', unowned);
}

function describeInternals(heap) {
  // As with `exposeInternals`: the root has no globals.
  const owner = heap.object('Owner', { sizeBytes: 29 });
  const elements = heap.array('', { sizeBytes: 89 });
  heap.edge(heap.gcRoots, 'element', 1, owner);
  heap.edge(owner, 'internal', 'elements', elements);
}

function describeMisleadingEdges(heap) {
  const global = addGlobal(heap);
  const context = heap.hidden('system / NativeContext', { sizeBytes: 41 });
  const descriptors = heap.array('(map descriptors)', { sizeBytes: 131 });
  heap.edge(global, 'internal', 'native_context', context);
  heap.edge(
    context,
    'internal',
    'sloppy_function_map',
    heap.node('object shape', 'system / Map', { sizeBytes: 80 }),
  );
  heap.edge(context, 'internal', 'other_map', heap.node('object shape', 'system / Map', { sizeBytes: 80 }));
  heap.edge(global, 'internal', 'descriptors', descriptors);
  for (let at = 0; at < 13; at++) {
    const target = heap.hidden(`system / Descriptor${at}`, { sizeBytes: 10 + at });
    heap.edge(descriptors, at % 2 === 0 ? 'internal' : 'hidden', at % 2 === 0 ? String(at) : at, target);
    heap.edge(target, 'internal', 'deep', heap.object('Deep', { sizeBytes: 2 }));
  }
}

function describeLookalikes(heap) {
  const global = addGlobal(heap);
  const [table, key, value] = ['Table', 'Key', 'Value'].map((name) => heap.object(name, { sizeBytes: 13 }));
  heap.edge(global, 'property', 'table', table);
  heap.edge(global, 'property', 'key', key);
  const name = nameOfPair(2, { key, value, table });
  heap.edge(table, 'property', name, value); // a property may bear any name
  heap.edge(table, 'internal', `${name}, not quite`, value);
  heap.edge(key, 'internal', nameOfPair(3, { key, value, table: { id: 999_983 } }), value);
  const odd = heap.object('a @1) -> value (b @3', { sizeBytes: 5 });
  heap.edge(global, 'property', 'odd', odd);
  addPair(heap, { key: odd, value: heap.object('(@) / pair', { sizeBytes: 5 }), table }, 7);
}
