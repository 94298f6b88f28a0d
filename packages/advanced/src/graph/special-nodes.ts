import { BitSet } from './bit-set.js';
import { ELEMENT_EDGE, TARGET_MASK, typeOfEdgeWord } from './edge-word.js';
import type { HeapColumns } from './heap-columns.js';
import { NameMatcher } from './name-matcher.js';
import type { StringTable } from './string-table.js';

/** The few nodes and names that the rules of Chrome DevTools know by their text. */
export interface SpecialNodes {
  readonly isSynthetic: (node: number) => boolean;
  /** The root's children that are the program's own: its globals, and the DOM trees of documents in Chrome. */
  readonly isUserRoot: (node: number) => boolean;
  /** Storage, which the program never sees by itself: hidden nodes, arrays, the data of external strings. */
  readonly storage: BitSet;
  /** `(map descriptors)` of older V8, and native contexts: some of their edges name no path to what they lead to. */
  readonly misleading: BitSet;
  /** `(Document DOM trees)`, null outside of Chrome. */
  readonly domTrees: number | null;
}

export function findSpecialNodes(columns: HeapColumns, strings: StringTable, root: number): SpecialNodes {
  const { types, names } = columns.nodes;
  const type = (name: string) => columns.layout.nodeTypes.indexOf(name);
  const [synthetic, hidden, array, native] = [
    type('synthetic'),
    type('hidden'),
    type('array'),
    type('native'),
  ];
  const named = (text: string) => new NameMatcher(strings, (name) => name === text);
  const nativeContexts = named('system / NativeContext');
  const mapDescriptors = named('(map descriptors)');
  const externalStrings = named('system / ExternalStringData');
  const misleading = new BitSet(types.length);
  const storage = new BitSet(types.length);
  // All are found now: the names can no longer be read when the file is closed.
  for (let node = 0; node < types.length; node++) {
    const kind = types[node];
    if (kind === hidden) {
      storage.add(node);
      if (nativeContexts.matches(names[node] as number)) misleading.add(node);
    } else if (kind === array) {
      storage.add(node);
      if (mapDescriptors.matches(names[node] as number)) misleading.add(node);
    } else if (kind === native && externalStrings.matches(names[node] as number)) storage.add(node);
  }
  const domTrees = findDomTrees(columns, strings, root);
  const isSynthetic = (node: number) => types[node] === synthetic;
  return {
    isSynthetic,
    isUserRoot: (node) => !isSynthetic(node) || node === domTrees,
    storage,
    misleading,
    domTrees,
  };
}

function findDomTrees(
  { layout, nodes, edges }: HeapColumns,
  strings: StringTable,
  root: number,
): number | null {
  const synthetic = layout.nodeTypes.indexOf('synthetic');
  const end = nodes.firstEdges[root + 1] as number;
  for (let edge = nodes.firstEdges[root] as number; edge < end; edge++) {
    const word = edges[edge] as number;
    const to = word & TARGET_MASK;
    if (typeOfEdgeWord(word) !== ELEMENT_EDGE || nodes.types[to] !== synthetic) continue;
    if (strings.get(nodes.names[to] as number) === '(Document DOM trees)') return to;
  }
  return null;
}
