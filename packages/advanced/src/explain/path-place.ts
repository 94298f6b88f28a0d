/** All objects that are reached in the same words: one node of a {@link PathTree}. */
export interface PathPlace {
  /** What the last step says. */
  readonly word: string;
  /** Null for the root. */
  readonly parent: PathPlace | null;
  readonly children: ReadonlyMap<string, PathPlace>;
  /** Objects of the program; V8's storage for them is counted in bytes only. */
  readonly count: number;
  /** Shallow sizes of the objects and of their storage. */
  readonly shallowBytes: number;
  /** One of the objects. */
  readonly example: number;
  /** Of the objects: as in the rows of classes. */
  readonly type: string;
  readonly kind: string;
}

/** The words from the root to a place. */
export function wordsOf(place: PathPlace): string[] {
  const words: string[] = [];
  for (let at: PathPlace | null = place; at !== null; at = at.parent) words.push(at.word);
  return words.reverse();
}
