import type { TellingPaths } from './telling-paths.js';

/** One object on the way from a root, with the edge that leads to it; the root itself has none. */
export interface PathStep {
  readonly node: number;
  readonly edge: number | null;
}

/** The most telling path to a node, the root first. Just the node where no path leads to it (it is weakly held). */
export function retainingPath(paths: TellingPaths, node: number): PathStep[] {
  const steps: PathStep[] = [];
  let at = node;
  for (let parent = paths.parentOf(at); parent; parent = paths.parentOf(at)) {
    steps.push({ node: at, edge: parent.edge });
    at = parent.from;
  }
  steps.push({ node: at, edge: null });
  return steps.reverse();
}
