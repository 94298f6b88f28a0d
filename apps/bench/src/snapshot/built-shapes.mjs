/** Heaps whose shape is hard on algorithms; their nodes mean nothing. */
import { addGlobal } from './built-global.mjs';

const TYPES = [
  'object',
  'object',
  'object',
  'array',
  'hidden',
  'string',
  'closure',
  'native',
  'code',
  'synthetic',
];
const EDGES = [
  'property',
  'property',
  'property',
  'element',
  'internal',
  'context',
  'hidden',
  'weak',
  'shortcut',
];

export function describeListInArray(heap) {
  const global = addGlobal(heap);
  const list = heap.object('List', { sizeBytes: 17 });
  const array = heap.array('(object elements)', { sizeBytes: 8009 });
  heap.edge(global, 'property', 'list', list);
  heap.edge(global, 'property', 'all', array);
  let before = list;
  for (let at = 0; at < 2003; at++) {
    const link = heap.object('Link', { sizeBytes: 23 });
    const value = heap.object('Value', { sizeBytes: 19 });
    heap.edge(before, 'property', 'next', link);
    heap.edge(link, 'property', 'value', value);
    heap.edge(array, 'element', at, value);
    before = link;
  }
}

export function describeDoublyLinked(heap) {
  const global = addGlobal(heap);
  let before = heap.object('Entry', { sizeBytes: 31 });
  heap.edge(global, 'property', 'first', before);
  for (let at = 0; at < 1009; at++) {
    const entry = heap.object('Entry', { sizeBytes: 31 });
    heap.edge(before, 'property', 'next', entry);
    heap.edge(entry, 'property', 'previous', before);
    before = entry;
  }
  heap.edge(global, 'property', 'last', before);
}

export function describeLadder(heap) {
  const global = addGlobal(heap);
  let rails = [global, global];
  for (let rung = 0; rung < 211; rung++) {
    const next = ['Left', 'Right'].map((side) => heap.object(side, { sizeBytes: 7 + rung }));
    heap.edge(rails[0], 'property', 'down', next[0]);
    heap.edge(rails[1], 'property', 'down', next[1]);
    if (rung % 3 > 0) heap.edge(rails[rung % 2], 'property', 'across', next[(rung + 1) % 2]);
    rails = next;
    if (rung % 10 !== 9) continue;
    const joint = heap.object('Joint', { sizeBytes: 3 });
    for (const rail of rails) heap.edge(rail, 'property', 'joint', joint);
    rails = [joint, joint];
  }
}

export function describeNesting(heap) {
  const global = addGlobal(heap);
  const describe = (depth, parent) => {
    const node = heap.object(depth % 3 === 1 ? 'Wrapper' : 'Box', { sizeBytes: 7 + depth });
    heap.edge(parent, 'property', `at ${depth}`, node);
    if (depth === 0) return;
    describe(depth - 1, node);
    if (depth % 2 === 0) describe(depth - 1, node);
  };
  describe(9, global);
  describe(4, global);
}

export function describeRandom(heap, random) {
  const count = 50 + random.below(400);
  const nodes = [heap.root, heap.gcRoots];
  for (let at = 0; at < count; at++) {
    const type = random.of(TYPES);
    const sizeBytes = type === 'synthetic' ? 0 : random.below(random.of([2, 100, 100_000]));
    nodes.push(
      heap.node(type, `${type} ${random.below(7)}`, {
        sizeBytes,
        detachedness: random.below(20) === 0 ? 1 + random.below(2) : 0,
      }),
    );
  }
  for (let at = random.below(4); at >= 0; at--)
    heap.edge(heap.root, 'shortcut', `global ${at}`, random.of(nodes));
  for (let at = count * (1 + random.below(3)); at > 0; at--) {
    const type = random.of(EDGES);
    const isIndexed = type === 'element' || type === 'hidden';
    heap.edge(random.of(nodes), type, isIndexed ? at : `name ${at}`, random.of(nodes));
  }
}
