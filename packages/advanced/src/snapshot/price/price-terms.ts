import type { ObjectCounts } from './object-counts.js';
import { collectionModel, listReferencesPerObject, namedPartOfTable } from './price-model.js';

/** What the price is made of. */
export interface PriceTerms {
  readonly objects: number;
  readonly fieldSlots: number;
  /** Places of arrays that refer to something, by what the collection took beyond what the objects account for. */
  readonly listReferences: number;
  readonly tableSlots: number;
  /** Names that V8 will make of indexes: of the longest array's or table's references. */
  readonly indexNames: number;
  /** How much longer than on the model's machine a collection took. */
  readonly slowness: number;
  /** Whether this V8 is of those that walk a heap faster. */
  readonly walksFaster: boolean;
}

/**
 * V8's statistics do not tell small integers and holes in arrays from references, which cost a snapshot fifty times as
 * much. A collection does: it looks at an integer, but follows a reference.
 */
export function termsOf(counts: ObjectCounts, collectionCpuMs: number): PriceTerms {
  const { objects, fieldSlots, listSlots, tableSlots, longestList, longestTable } = counts;
  const { baseMs, perObjectMs, perListReferenceMs, perTableSlotMs } = collectionModel;
  const fewest = Math.min(listSlots, objects * listReferencesPerObject);
  const fewestMs = baseMs + perObjectMs * objects + perTableSlotMs * tableSlots + perListReferenceMs * fewest;
  const spanMs = perListReferenceMs * (listSlots - fewest);
  const share = spanMs > 1 ? Math.min(1, Math.max(0, (collectionCpuMs - fewestMs) / spanMs)) : 0;
  const listReferences = fewest + share * (listSlots - fewest);
  const likelyMs = Math.min(fewestMs + spanMs, Math.max(fewestMs, collectionCpuMs));
  return {
    objects,
    fieldSlots,
    listReferences,
    tableSlots,
    indexNames: Math.max(
      listSlots > 0 ? (longestList * listReferences) / listSlots : 0,
      longestTable * namedPartOfTable,
    ),
    slowness: collectionCpuMs / likelyMs,
    walksFaster: counts.walksFaster,
  };
}
