import type { EstimatedStack } from '../allocation/profile-builder.js';
import type { CallStack } from '../allocation/sampling-profile-decoder.js';

interface Sum {
  readonly sizeBytes: number;
  readonly count: number;
  readonly samples: number;
  readonly varianceBytes2: number;
}

/** Sums as they were at some moment; null for those of the beginning. */
export type SumSnapshot = ReadonlyMap<CallStack, Sum> | null;

const NOTHING: Sum = { sizeBytes: 0, count: 0, samples: 0, varianceBytes2: 0 };

/** The probability with which an allocation of this size was sampled. */
export function takenWith(sizeBytes: number, intervalBytes: number): number {
  return -Math.expm1(-sizeBytes / intervalBytes);
}

export interface TakenSample {
  readonly stack: CallStack;
  readonly sizeBytes: number;
  /** With which it was taken. */
  readonly intervalBytes: number;
}

/** Estimates by stack; equal stacks must be one array. */
export class StackSums {
  readonly #sums = new Map<CallStack, Sum>();

  /** A sample of s bytes was taken with p = 1 - exp(-s / interval); it adds (s / p)² (1 - p) to the variance. */
  add({ stack, sizeBytes, intervalBytes }: TakenSample): void {
    const { sizeBytes: bytes, count, samples, varianceBytes2 } = this.#sums.get(stack) ?? NOTHING;
    const p = takenWith(sizeBytes, intervalBytes);
    this.#sums.set(stack, {
      sizeBytes: bytes + sizeBytes / p,
      count: count + 1 / p,
      samples: samples + 1,
      varianceBytes2: varianceBytes2 + (sizeBytes / p) ** 2 * (1 - p),
    });
  }

  snapshot(): SumSnapshot {
    return new Map(this.#sums); // a sum is replaced, never changed
  }

  since(earlier: SumSnapshot): EstimatedStack[] {
    return [...this.#sums].flatMap(([stack, sum]) => {
      const before = earlier?.get(stack) ?? NOTHING;
      const samples = sum.samples - before.samples;
      if (samples === 0) return [];
      return {
        stack,
        sizeBytes: Math.round(sum.sizeBytes - before.sizeBytes),
        count: Math.round(sum.count - before.count),
        samples,
        standardErrorBytes: Math.round(Math.sqrt(Math.max(0, sum.varianceBytes2 - before.varianceBytes2))),
      };
    });
  }
}
