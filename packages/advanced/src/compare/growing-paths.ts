import type { PathPlace } from '../explain/path-place.js';
import type { PathDigest } from './path-digest.js';

/** A place in whose words more objects are reached than in every heap before. */
export interface GrowingPlace {
  readonly place: PathPlace;
  /** Objects at the place itself, one number per heap, the last one included. */
  readonly counts: readonly number[];
  /** How much the shallow sizes below it (its own included) grew from the first heap to the last. */
  readonly grownBytes: number;
  /** The same by type. */
  readonly types: readonly GrownType[];
}

/** Objects of one type by which a place grew. */
export interface GrownType {
  readonly kind: string;
  readonly type: string;
  readonly grownCount: number;
  readonly grownBytes: number;
}

/** @see {@link findGrowingPlaces} */
export interface GrowingPlacesOptions {
  /** A place grew when it has at least so many objects more than in the heap before. */
  readonly minGrowth: number;
}

const NOTHING: PathDigest = { count: 0, shallowBytes: 0, kind: '', type: '', children: new Map() };

/**
 * Places that grew from each heap to the next, while the place above them did not: where objects are added, not what they
 * hold. Most grown bytes first.
 *
 * After the growing paths of BLeak (J. Vilk and E. Berger, 2018), with counts of objects in place of out-degrees, and
 * places named in words, so that heaps of different runs can be compared.
 */
export function findGrowingPlaces(
  earlier: readonly PathDigest[],
  last: PathPlace,
  { minGrowth }: GrowingPlacesOptions,
): GrowingPlace[] {
  const found: GrowingPlace[] = [];
  const visit = (place: PathPlace, before: readonly PathDigest[]): void => {
    const counts = [...before.map(({ count }) => count), place.count];
    if (isGrowing(counts, minGrowth)) {
      const types = growthByType(place, before[0] ?? NOTHING);
      const grownBytes = types.reduce((total, type) => total + type.grownBytes, 0);
      if (grownBytes > 0) found.push({ place, counts, grownBytes, types });
      return;
    }
    for (const [word, child] of place.children) {
      visit(
        child,
        before.map((digest) => digest.children.get(word) ?? NOTHING),
      );
    }
  };
  visit(last, earlier);
  return found.sort((a, b) => b.grownBytes - a.grownBytes);
}

function isGrowing(counts: readonly number[], minGrowth: number): boolean {
  return counts.every((count, index) => index === 0 || count - (counts[index - 1] as number) >= minGrowth);
}

/** Storage counts to the type of its place: the bytes of a Map's table to the Map. */
function growthByType(place: PathPlace, first: PathDigest): GrownType[] {
  const types = new Map<string, { kind: string; type: string; grownCount: number; grownBytes: number }>();
  const add = ({ kind, type, count, shallowBytes }: PathDigest, sign: 1 | -1) => {
    const row = types.get(`${kind} ${type}`) ?? { kind, type, grownCount: 0, grownBytes: 0 };
    types.set(`${kind} ${type}`, row);
    row.grownCount += sign * count;
    row.grownBytes += sign * shallowBytes;
  };
  const visit = (digest: PathDigest, sign: 1 | -1): void => {
    add(digest, sign);
    for (const child of digest.children.values()) visit(child, sign);
  };
  visit(place, 1);
  visit(first, -1);
  return [...types.values()]
    .filter(({ grownBytes, grownCount }) => grownBytes > 0 || grownCount > 0)
    .sort((a, b) => b.grownBytes - a.grownBytes);
}
