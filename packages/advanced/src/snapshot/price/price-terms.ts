import type { ObjectCounts } from './object-counts.js';
import { collectionModel, listReferencesPerObject, namedPartOfTable, priceModel } from './price-model.js';

/** What the price is made of. */
export interface PriceTerms {
  readonly objects: number;
  readonly fieldSlots: number;
  /** Places of arrays that refer to something: by a look into them, or by what the collection took beyond what the objects account for. */
  readonly listReferences: number;
  readonly collectionSlots: number;
  readonly dictionarySlots: number;
  /** Names that V8 will make of indexes: of the longest array's or table's references. */
  readonly indexNames: number;
  /** How much longer than on the model's machine a collection took. */
  readonly slowness: number;
  /** Whether this V8 is of those that walk a heap faster. */
  readonly walksFaster: boolean;
}

/** Asking for more of them costs memory, and a walk with many stops. */
const MOST_ARRAYS = 200_000;
/** What a snapshot's file may be off by, at most, without a look into the arrays. */
const TELLING_SHARE = 0.2;

/** Whether the price depends on what arrays hold, which the counts do not tell, and the arrays are few enough to be asked. */
export function dependsOnLists({ arrays, objects, listSlots }: ObjectCounts): boolean {
  const { base, perObject, perListReference } = priceModel.fileBytes;
  const openBytes = perListReference * (listSlots - objects * listReferencesPerObject);
  return arrays <= MOST_ARRAYS && openBytes > TELLING_SHARE * (base + perObject * objects);
}

/** @param seenReferences places of arrays that refer to something, where somebody looked; otherwise the collection tells */
export function termsOf(
  counts: ObjectCounts,
  collectionCpuMs: number,
  seenReferences: number | null,
): PriceTerms {
  const { objects, fieldSlots, listSlots, collectionSlots, dictionarySlots } = counts;
  const { listReferences, namedReferences, likelyMs } =
    seenReferences === null
      ? referencesByTime(counts, collectionCpuMs)
      : referencesBySight(counts, seenReferences);
  return {
    objects,
    fieldSlots,
    listReferences,
    collectionSlots,
    dictionarySlots,
    indexNames: Math.max(
      listSlots > 0 ? (counts.longestList * namedReferences) / listSlots : 0,
      counts.longestTable * namedPartOfTable,
    ),
    slowness: collectionCpuMs / likelyMs,
    walksFaster: counts.walksFaster,
  };
}

interface ListReferences {
  readonly listReferences: number;
  /** Those of them that may be in long lists. */
  readonly namedReferences: number;
  /** What the collection would have taken on the model's machine. */
  readonly likelyMs: number;
}

function referencesBySight(counts: ObjectCounts, seen: number): ListReferences {
  const listReferences = Math.min(counts.listSlots, Math.max(seen, fewestReferences(counts)));
  return {
    listReferences,
    namedReferences: Math.min(counts.listSlots, seen),
    likelyMs: collectionMs(counts, listReferences),
  };
}

/**
 * V8's statistics do not tell small integers and holes in arrays from references, which cost a snapshot fifty times as
 * much. A collection does: it looks at an integer, but follows a reference.
 */
function referencesByTime(counts: ObjectCounts, collectionCpuMs: number): ListReferences {
  const fewest = fewestReferences(counts);
  const fewestMs = collectionMs(counts, fewest);
  const spanMs = collectionMs(counts, counts.listSlots) - fewestMs;
  const share = spanMs > 1 ? Math.min(1, Math.max(0, (collectionCpuMs - fewestMs) / spanMs)) : 0;
  const listReferences = fewest + share * (counts.listSlots - fewest);
  return {
    listReferences,
    namedReferences: listReferences,
    likelyMs: Math.min(fewestMs + spanMs, Math.max(fewestMs, collectionCpuMs)),
  };
}

function fewestReferences({ objects, listSlots }: ObjectCounts): number {
  return Math.min(listSlots, objects * listReferencesPerObject);
}

function collectionMs(
  { objects, collectionSlots, dictionarySlots }: ObjectCounts,
  listReferences: number,
): number {
  const { baseMs, perObjectMs, perListReferenceMs, perTableSlotMs } = collectionModel;
  const tableSlots = collectionSlots + dictionarySlots;
  return baseMs + perObjectMs * objects + perTableSlotMs * tableSlots + perListReferenceMs * listReferences;
}
