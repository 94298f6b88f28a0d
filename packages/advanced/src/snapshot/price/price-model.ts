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
 * What a snapshot costs by what V8 counted. Fitted by least squares of logarithms to 180 runs: 21 kinds of heaps of 20 and 60 MB
 * on Node 20.20, 22.23, 24.21 and 26.10, eight of 200 MB on 20.20 and 26.10; CPU time, on one machine of two busy cores.
 * Within a factor of 1.5 there: pause 173, peak memory 170, file 176 of the 180 (median 1.10, 1.13, 1.12; worst 2.1, 2.0, 2.6).
 * With the kind that is judged left out of the fit: 169, 169 and 173, and a list of millions of numbers is then taken
 * for one of references (a factor of 10 to 30), which says what a kind of heap that nobody measured may do.
 * Ten runs of three kinds of 500 and 1,000 MB that were not fitted to: pause off by 1.4 at most, file by 1.3, memory by 1.2, but for
 * long strings, whose memory (54 to 127 MB) was taken for up to 2.7 times as much.
 * 57 later runs of the bench (Node 20.20 and 24.21, 20 and 60 MB): pause 55, memory 51, file 54. The far misses are lists of numbers
 * and lists of references taken for each other where a collection's time was disturbed: memory once by 19.
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
    perIndexName: 1750e-6,
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
