import type { AllocationProfile, ProfileMeta } from './allocation-profile.js';
import { type Estimate, type EstimatedStack, ProfileBuilder } from './profile-builder.js';
import type { AllocationSample, CallStack } from './sampling-profile-decoder.js';

interface Sum {
  sizeBytes: number;
  samples: number;
  varianceBytes2: number;
}

/** What one thread allocated. */
export interface ThreadAllocations {
  readonly threadId: number;
  /** V8's samples of its heap. */
  readonly samples: readonly AllocationSample[];
  /** What was allocated outside of V8's heap; empty where that was not measured. */
  readonly external: readonly EstimatedStack[];
}

/** The profile of one thread. */
export function buildProfile(
  { threadId, samples, external }: ThreadAllocations,
  meta: ProfileMeta,
): AllocationProfile {
  const sums = new Map<CallStack, Sum>(); // the decoder gives every sample of a stack the same array
  for (const { stack, sizeBytes } of samples) {
    const sum = sums.get(stack) ?? { sizeBytes: 0, samples: 0, varianceBytes2: 0 };
    sum.sizeBytes += sizeBytes;
    sum.samples += 1;
    sum.varianceBytes2 += varianceOf(sizeBytes, meta.samplingIntervalBytes);
    sums.set(stack, sum);
  }
  const builder = new ProfileBuilder(meta).addThread(threadId);
  for (const [stack, sum] of sums) builder.add({ threadId, memory: 'heap' }, stack, toEstimate(sum));
  for (const { stack, ...estimate } of external)
    builder.add({ threadId, memory: 'external' }, stack, estimate);
  return builder.build();
}

/**
 * The estimate is Horvitz and Thompson's: an object of s bytes is sampled with p = 1 - exp(-s / interval) and then
 * stands for s / p bytes, so that it adds (s / p)² (1 - p) to the variance. For small objects that is a relative error
 * of 1 / √samples; one much larger than the interval is never missed and adds nothing. V8 tells s / p only: above 2.2
 * intervals that is s, nearly, and below p is taken for 0, which overstates the error.
 */
function varianceOf(sizeBytes: number, intervalBytes: number | null): number {
  const isWhole = intervalBytes !== null && sizeBytes > 2.2 * intervalBytes;
  return sizeBytes ** 2 * (isWhole ? Math.exp(-sizeBytes / intervalBytes) : 1);
}

function toEstimate({ sizeBytes, samples, varianceBytes2 }: Sum): Estimate {
  return {
    sizeBytes: Math.round(sizeBytes),
    count: null,
    samples,
    standardErrorBytes: Math.round(Math.sqrt(varianceBytes2)),
  };
}
