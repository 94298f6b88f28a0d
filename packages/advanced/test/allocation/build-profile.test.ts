import { describe, expect, it } from 'vitest';
import { buildProfile } from '../../src/allocation/build-profile.js';
import { totalOf } from '../../src/allocation/profile-totals.js';
import { frameAt } from '../../src/allocation/stack-frame.js';
import { META } from './arbitrary-profile.js';

const INTERVAL = 65_536;
const stack = [frameAt({ functionName: 'keep', filename: '/app/a.js', line: 3, column: 7 })];
const samplesOf = (sizes: readonly number[]) =>
  sizes.map((sizeBytes, ordinal) => ({ stack, sizeBytes, sampledBytes: sizeBytes, ordinal }));

/** Numbers from 0 to 1 that are the same in every run. */
function* uniform(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe('buildProfile', () => {
  it('sums the samples of a stack under its thread', () => {
    expect(
      buildProfile({ threadId: 7, samples: samplesOf([65_552, 65_552, 65_544]), external: [] }, META),
    ).toMatchObject({
      threads: [{ id: 7 }],
      stacks: [{ thread: 0, frames: [0], sizeBytes: 196_648, samples: 3 }],
      frames: [{ functionName: 'keep', line: 3 }],
    });
  });

  it('has the relative error 1 / √samples for small objects', () => {
    const { sizeBytes, standardErrorBytes } = totalOf(
      buildProfile({ threadId: 0, samples: samplesOf(Array(400).fill(65_552)), external: [] }, META),
    );
    expect((standardErrorBytes ?? 0) / sizeBytes).toBeCloseTo(1 / 20, 4);
  });

  it('is sure of an object that is much larger than the interval', () => {
    expect(
      totalOf(buildProfile({ threadId: 0, samples: samplesOf([10_000_003]), external: [] }, META))
        .standardErrorBytes,
    ).toBe(0);
  });

  it.each([4_001, 7_992, 131_072, 200_000])(
    'states the error that sampling objects of %i bytes has',
    (objectBytes) => {
      const random = uniform(objectBytes);
      const p = 1 - Math.exp(-objectBytes / INTERVAL);
      const scaled = objectBytes / p;
      const sampled = () => random.next().value < p;
      const objects = Math.round(100 / p);
      const estimates = Array.from({ length: 300 }, () => {
        const hits = Array.from({ length: objects }, sampled).filter(Boolean).length;
        return totalOf(
          buildProfile({ threadId: 0, samples: samplesOf(Array(hits).fill(scaled)), external: [] }, META),
        );
      });
      const mean = estimates.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / estimates.length;
      const variance =
        estimates.reduce((sum, { sizeBytes }) => sum + (sizeBytes - mean) ** 2, 0) / estimates.length;
      const stated =
        estimates.reduce((sum, found) => sum + (found.standardErrorBytes ?? 0), 0) / estimates.length;
      expect(stated).toBeGreaterThan(0.85 * Math.sqrt(variance));
      // Up to 2.2 intervals p is taken for 0, so there the error is overstated, by 1 / √(1 - p) at most.
      expect(stated).toBeLessThan(1.15 * Math.sqrt(variance / (objectBytes < 2.2 * INTERVAL ? 1 - p : 1)));
    },
  );
});
