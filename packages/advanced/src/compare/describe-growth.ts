import type { HeapExplainer } from '../explain/heap-explainer.js';
import { fingerprintOfPath } from '../explain/path-fingerprint.js';
import { type PathPlace, wordsOf } from '../explain/path-place.js';
import { isPart } from '../explain/storage.js';
import type { GrowingPlace, GrownType } from './growing-paths.js';
import { grownSince } from './grown-since.js';
import type { GrowingPath } from './heap-comparison.js';
import { type LeakShare, shareLeaks } from './leak-shares.js';

/** So much of a path's end tells one leak from another. */
const TAIL = 4;

/** @see {@link describeGrowth} */
export interface DescribeGrowthOptions {
  /** The largest ids in the earlier heaps, where they are of one process. */
  readonly lastIds: readonly number[] | null;
  readonly minGrowth: number;
}

/** What one holder gathers, at one place or at several (the keys of a Map and its values). */
interface Gathering {
  readonly main: GrowingPlace;
  readonly types: readonly GrownType[];
  readonly grownBytes: number;
  readonly entries: readonly number[];
}

/** Growing places in words, with their LeakShare; those of one holder are one. Most grown bytes first. */
export function describeGrowth(
  explainer: HeapExplainer,
  places: readonly GrowingPlace[],
  { lastIds, minGrowth }: DescribeGrowthOptions,
): GrowingPath[] {
  const entries = listEntries(explainer, places);
  const settled =
    lastIds === null ? places : correctMoved(explainer, places, { lastIds, minGrowth, entries });
  const gatherings = byHolder(settled, entries);
  const shares = shareLeaks(
    explainer.graph,
    gatherings.map((gathering) => gathering.entries),
  );
  return gatherings.map(({ main, types, grownBytes }, index) => {
    const path = wordsOf(main.place);
    return {
      path,
      kind: main.place.kind,
      type: main.place.type,
      counts: main.counts,
      grownBytes,
      ...(shares[index] as LeakShare),
      types,
      fingerprint: fingerprintOfPath(path.slice(-TAIL)),
    };
  });
}

type Entries = ReadonlyMap<PathPlace, readonly number[]>;

function listEntries({ graph, tree }: HeapExplainer, places: readonly GrowingPlace[]): Entries {
  const entries = new Map(places.map(({ place }) => [place, [] as number[]]));
  for (let node = 0; node < graph.nodeCount; node++) {
    const place = tree.placeOf(node);
    if (place !== null) entries.get(place)?.push(node);
  }
  return entries;
}

/**
 * The most telling way to a holder may be another one than before (a function that runs now did not then): all that it
 * holds seems new. Ids tell what was there.
 */
function correctMoved(
  explainer: HeapExplainer,
  places: readonly GrowingPlace[],
  { lastIds, minGrowth, entries }: { lastIds: readonly number[]; minGrowth: number; entries: Entries },
): GrowingPlace[] {
  const { graph } = explainer;
  return places.flatMap((growing) => {
    const { place, counts } = growing;
    const nodes = (entries.get(place) ?? []).filter((node) => !isPart(graph, node));
    const survivors = lastIds.map((lastId) => nodes.filter((node) => graph.idOf(node) <= lastId).length);
    if (survivors.every((count, heap) => count <= (counts[heap] as number))) return [growing];
    const corrected = counts.map((count, heap) => Math.max(count, survivors[heap] ?? 0));
    if (corrected.some((count, heap) => heap > 0 && count - (corrected[heap - 1] as number) < minGrowth))
      return [];
    const types = grownSince(explainer, place, lastIds[0] as number);
    return [{ place, counts: corrected, types, grownBytes: sumOf(types) }];
  });
}

function byHolder(places: readonly GrowingPlace[], entries: Entries): Gathering[] {
  const byParent = new Map<PathPlace | null, GrowingPlace[]>();
  for (const growing of places) {
    const siblings = byParent.get(growing.place.parent) ?? [];
    byParent.set(growing.place.parent, siblings);
    siblings.push(growing);
  }
  return [...byParent.values()]
    .map((siblings) => {
      const sorted = siblings.sort((a, b) => b.grownBytes - a.grownBytes);
      return {
        main: sorted[0] as GrowingPlace,
        types: addTypes(sorted.flatMap(({ types }) => types)),
        grownBytes: sorted.reduce((total, { grownBytes }) => total + grownBytes, 0),
        entries: sorted.flatMap(({ place }) => entries.get(place) ?? []),
      };
    })
    .sort((a, b) => b.grownBytes - a.grownBytes);
}

function addTypes(types: readonly GrownType[]): GrownType[] {
  const added = new Map<string, GrownType>();
  for (const type of types) {
    const key = `${type.kind} ${type.type}`;
    const same = added.get(key);
    added.set(
      key,
      same
        ? {
            ...type,
            grownCount: type.grownCount + same.grownCount,
            grownBytes: type.grownBytes + same.grownBytes,
          }
        : type,
    );
  }
  return [...added.values()].sort((a, b) => b.grownBytes - a.grownBytes);
}

const sumOf = (types: readonly GrownType[]) => types.reduce((total, { grownBytes }) => total + grownBytes, 0);
