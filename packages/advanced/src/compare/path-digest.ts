import type { PathPlace } from '../explain/path-place.js';

/** What is kept of the paths of an earlier heap: counts by words, and nothing of the graph. */
export interface PathDigest {
  readonly count: number;
  readonly shallowBytes: number;
  readonly kind: string;
  readonly type: string;
  readonly children: ReadonlyMap<string, PathDigest>;
}

/** A copy that holds no graph: about 200 bytes a place. */
export function digestPaths(place: PathPlace): PathDigest {
  const children = new Map<string, PathDigest>();
  for (const [word, child] of place.children) children.set(word, digestPaths(child));
  const { count, shallowBytes, kind, type } = place;
  return { count, shallowBytes, kind, type, children };
}
