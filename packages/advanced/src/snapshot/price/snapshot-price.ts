import type { HeapReading } from '../take/heap-source.js';
import {
  fasterWalk,
  largeHeap,
  type PricedFigure,
  priceModel,
  slownessWeight,
  timedModel,
} from './price-model.js';
import { type PriceTerms, termsOf } from './price-terms.js';

/** What a snapshot of a heap will cost. Predicted; see {@link priceModel} for how well. */
export interface SnapshotPrice {
  /** How long the thread will stand still, when it has a core to itself. */
  readonly pauseMs: number;
  /** By how much the process will grow meanwhile. V8 keeps a good part of it until the next snapshots. */
  readonly peakExtraBytes: number;
  /** The .heapsnapshot file, before it is packed. */
  readonly fileBytes: number;
  readonly heapUsedBytes: number;
  /** What the process may still take: of its container, or of the machine. */
  readonly availableMemoryBytes: number;
  /** What it is predicted from. */
  readonly collectionCpuMs: number;
  readonly largeObjectBytes: number;
  /** null where the objects could not be counted (worker threads, exit): then it may be off by a factor of 3 and more. */
  readonly terms: PriceTerms | null;
}

export function priceReading(reading: HeapReading): SnapshotPrice {
  const { collectionCpuMs, largeObjectBytes, heapUsedBytes, availableMemoryBytes } = reading;
  const { objectCounts, listReferences } = reading;
  const terms = objectCounts === null ? null : termsOf(objectCounts, collectionCpuMs, listReferences);
  const predict = (figure: PricedFigure) =>
    terms === null ? predictByTime(reading, figure) : predictByTerms(terms, figure);
  return {
    pauseMs: Math.round(predict('pauseMs')),
    peakExtraBytes: Math.round(predict('peakExtraBytes')),
    fileBytes: Math.round(predict('fileBytes')),
    heapUsedBytes,
    availableMemoryBytes,
    collectionCpuMs,
    largeObjectBytes,
    terms,
  };
}

function predictByTime({ collectionCpuMs, largeObjectBytes }: HeapReading, figure: PricedFigure): number {
  const { perCollectionMs, perLargeByte } = timedModel[figure];
  return perCollectionMs * collectionCpuMs + perLargeByte * largeObjectBytes;
}

function predictByTerms(terms: PriceTerms, figure: PricedFigure): number {
  const constants = priceModel[figure];
  const scale = figure === 'pauseMs' ? pauseScaleOf(terms) : 1;
  const cost =
    constants.base +
    constants.perObject * terms.objects +
    constants.perFieldSlot * terms.fieldSlots +
    constants.perListReference * terms.listReferences +
    constants.perCollectionSlot * terms.collectionSlots +
    constants.perDictionarySlot * terms.dictionarySlots +
    constants.perIndexName * terms.indexNames;
  return cost * scale;
}

/** This machine, this V8 and this size, by those that the model was made on. */
function pauseScaleOf({ slowness, walksFaster, objects }: PriceTerms): number {
  const size = Math.max(1, objects / largeHeap.objects) ** largeHeap.exponent;
  return slowness ** slownessWeight * (walksFaster ? fasterWalk : 1) * size;
}
