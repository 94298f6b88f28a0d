import type { BitSet } from './bit-set.js';
import { TARGET_MASK, typeOfEdgeWord, WEAK_EDGE } from './edge-word.js';
import type { Graph } from './heap-columns.js';
import type { Scratch } from './scratch.js';
import { SizeColumn } from './size-column.js';

const UNVISITED = -1;
const SEVERAL = -2;

/** Which nodes may be owned, and which may not own. */
export interface OwnershipRules {
  readonly root: number;
  /** Hidden nodes, arrays, the data of external strings: storage, which the program never sees by itself. */
  readonly storage: BitSet;
  readonly isUserRoot: (node: number) => boolean;
  /** Roots own nothing. */
  readonly isSynthetic: (node: number) => boolean;
}

/**
 * Shallow sizes as Chrome DevTools shows them: storage that only one object reaches (the elements of an array, the
 * properties of an object) counts as part of that object, and is 0 itself. Without globals of the program among the
 * root's children (a snapshot taken with V8's internals exposed) DevTools leaves all sizes where they are.
 */
export function moveSizesToOwners(
  { nodes, edges }: Graph,
  rules: OwnershipRules,
  scratch: Scratch,
): SizeColumn {
  const { count, sizes } = nodes;
  if (!hasUserRoots({ nodes, edges }, rules)) return sizes;
  const { storage } = rules;
  const owners = findOwners({ nodes, edges }, storage, scratch);
  const low = scratch.take();
  const owned = new SizeColumn(new Uint32Array(low.buffer, low.byteOffset, count));
  owned.low.set(sizes.low);
  for (const node of sizes.largeNodes) owned.set(node, sizes.get(node));
  for (let node = 0; node < count; node++) {
    if (!storage.has(node)) continue;
    const owner = owners[node] as number;
    if (owner < 0 || rules.isSynthetic(owner)) continue;
    owned.set(node, 0);
    owned.set(owner, owned.get(owner) + sizes.get(node));
  }
  scratch.give(owners);
  return owned;
}

/** Of each node that is storage, the only other one that reaches it through storage alone; negative where there is none. */
function findOwners({ nodes, edges }: Graph, storage: BitSet, scratch: Scratch): Int32Array {
  const { count, firstEdges } = nodes;
  const { words } = storage;
  const owners = scratch.take().fill(UNVISITED);
  // Storage is queued once as somebody's, and once more when it turns out to be shared.
  const stack: number[] = [];
  for (let start = 0; start < count; start++) {
    if (storage.has(start)) continue;
    let node = start;
    let owner = start;
    for (;;) {
      const end = firstEdges[node + 1] as number;
      for (let edge = firstEdges[node] as number; edge < end; edge++) {
        const word = edges[edge] as number;
        const to = word & TARGET_MASK;
        // Most edges lead elsewhere, which the bits tell without a trip to memory.
        if (((words[to >>> 5] as number) & (1 << (to & 31))) === 0) continue;
        const current = owners[to] as number;
        if (current === owner || current === SEVERAL || typeOfEdgeWord(word) === WEAK_EDGE) continue;
        owners[to] = current === UNVISITED ? owner : SEVERAL;
        stack.push(to);
      }
      const next = stack.pop();
      if (next === undefined) break;
      node = next;
      owner = owners[node] as number;
    }
  }
  return owners;
}

function hasUserRoots({ nodes, edges }: Graph, { isUserRoot, root }: OwnershipRules): boolean {
  const end = nodes.firstEdges[root + 1] as number;
  for (let edge = nodes.firstEdges[root] as number; edge < end; edge++) {
    if (isUserRoot((edges[edge] as number) & TARGET_MASK)) return true;
  }
  return false;
}
