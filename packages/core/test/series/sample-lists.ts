import fc from 'fast-check';
import type { MemorySample } from '../../src/index.js';

const bytes = fc.integer({ min: 0, max: 2 ** 40 });
const maybeBytes = fc.option(bytes);

/** Samples as a program could have made them: time goes on, and some metrics were not read. */
export const sampleLists: fc.Arbitrary<MemorySample[]> = fc
  .array(
    fc.record({
      stepMs: fc.double({ min: 0, max: 1000, noNaN: true }),
      rssBytes: bytes,
      heapUsedBytes: maybeBytes,
      heapTotalBytes: maybeBytes,
      externalBytes: maybeBytes,
      arrayBuffersBytes: maybeBytes,
    }),
    { minLength: 1, maxLength: 120 },
  )
  .map((steps) => {
    let timeMs = 0;
    return steps.map(({ stepMs, ...metrics }) => {
      timeMs += stepMs;
      return { timeMs, ...metrics };
    });
  });

/** A sample of the resident set alone. */
export function rssSample(timeMs: number, rssBytes: number): MemorySample {
  return {
    timeMs,
    rssBytes,
    heapUsedBytes: null,
    heapTotalBytes: null,
    externalBytes: null,
    arrayBuffersBytes: null,
  };
}
