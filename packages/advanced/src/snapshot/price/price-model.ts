/** What one figure costs by each {@link PriceTerms}. */
export interface PriceConstants {
  readonly base: number;
  readonly perObject: number;
  readonly perFieldSlot: number;
  readonly perListReference: number;
  readonly perCollectionSlot: number;
  readonly perDictionarySlot: number;
  readonly perIndexName: number;
}

/** One figure where the objects could not be counted: by the CPU time of a collection, and by objects of more than 128 KiB. */
export interface TimedConstants {
  readonly perCollectionMs: number;
  readonly perLargeByte: number;
}

export type PricedFigure = 'pauseMs' | 'peakExtraBytes' | 'fileBytes';

const MIB = 1 << 20;

/**
 * What a snapshot costs by what V8 counted. Fitted by least cubes of logarithms to 96 runs: 16 kinds of heaps of 20, 60 and 200 MB,
 * twice, on Node 20.20; CPU time, on one machine of two cores. Within a factor of 1.5 there: pause 48, peak memory 47, file 48 of
 * 48 (median 1.08, 1.08, 1.06; worst 1.38, 1.55, 1.26).
 * 32 runs on Node 24.21 that it was not fitted to, of 20 and 60 MB: 31, 32, 32. Before, other constants were fitted to 180 runs on Node
 * 20, 22, 24 and 26, from which `collectionModel`, `slownessWeight` and `fasterWalk` are.
 * Five of 880 to 1,010 MB, by which only `largeHeap` was chosen: 5, 4, 5; the memory of long strings is up to 1.9 times too much.
 * `pnpm bench snapshot-price` prints predictions and the constants that fit.
 */
export const priceModel: Readonly<Record<PricedFigure, PriceConstants>> = {
  pauseMs: {
    base: 390,
    perObject: 2280e-6,
    perFieldSlot: 10e-6,
    perListReference: 420e-6,
    perCollectionSlot: 12e-6,
    perDictionarySlot: 88e-6,
    perIndexName: 2000e-6,
  },
  peakExtraBytes: {
    base: 16.8e6,
    perObject: 278,
    perFieldSlot: 1,
    perListReference: 66,
    perCollectionSlot: 0.8,
    perDictionarySlot: 7.8,
    perIndexName: 1010,
  },
  fileBytes: {
    base: 1.45e6,
    perObject: 56,
    perFieldSlot: 1.75,
    perListReference: 28.5,
    perCollectionSlot: 0.3,
    perDictionarySlot: 3.07,
    perIndexName: 0,
  },
};

/** The CPU time of a full collection, on the machine that the model was made on. */
export const collectionModel = {
  baseMs: 27.6,
  perObjectMs: 75.7e-6,
  perListReferenceMs: 3.33e-6,
  perTableSlotMs: 5.31e-6,
};
/** A machine's slowness in collections counts for so much in a snapshot (an exponent). */
export const slownessWeight = 0.38;
/** Of the pause, where V8 walks faster. */
export const fasterWalk = 0.69;
/** Of the places of an array as many refer to something, for each object, even if the collection was quick. */
export const listReferencesPerObject = 0.6;
/** From so many objects on V8's own tables of them are out of all caches: the pause grows faster than they do. */
export const largeHeap = { objects: 3e6, exponent: 0.15 };
/** Of a table's places, those that get a name. */
export const namedPartOfTable = 0.45;

/**
 * Where objects cannot be counted (worker threads, exit): both the walk of a snapshot and the marking of a collection follow
 * every reference once. Fitted to 41 runs of nine kinds of 20 and 60 MB. On 173 of the runs above within a factor of 1.5: pause
 * 118, memory 77, file 118; lists of numbers up to 90 times too dear.
 */
export const timedModel: Readonly<Record<PricedFigure, TimedConstants>> = {
  pauseMs: { perCollectionMs: 24, perLargeByte: 134e-6 },
  peakExtraBytes: { perCollectionMs: 3.43 * MIB, perLargeByte: 73 },
  fileBytes: { perCollectionMs: 0.81 * MIB, perLargeByte: 0 },
};
