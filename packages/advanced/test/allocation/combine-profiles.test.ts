import { MemxError } from '@memx/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AllocationProfile } from '../../src/allocation/allocation-profile.js';
import { diffProfiles, mergeProfiles } from '../../src/allocation/combine-profiles.js';
import { ProfileBuilder, stacksOf } from '../../src/allocation/profile-builder.js';
import { totalOf } from '../../src/allocation/profile-totals.js';
import { frameAt } from '../../src/allocation/stack-frame.js';
import { arbitraryProfile, META } from './arbitrary-profile.js';

const keep = frameAt({ functionName: 'keep', filename: '/app/a.js', line: 3, column: 7 });

const HEAP = { threadId: 0, memory: 'heap' } as const;

const profileOf = (sizeBytes: number, samples: number, standardErrorBytes: number) =>
  new ProfileBuilder(META)
    .add(HEAP, [keep], { sizeBytes, count: samples, samples, standardErrorBytes })
    .build();

/** Bytes by thread and stack, without memx's own builder. */
function bytesByStack(profile: AllocationProfile): Map<string, number> {
  return new Map(
    [...stacksOf(profile)].map(({ threadId, memory, stack, sizeBytes }) => [
      JSON.stringify([threadId, memory, stack]),
      sizeBytes,
    ]),
  );
}

describe('mergeProfiles', () => {
  it('adds up the bytes of every thread, and leaves one profile as it is', () => {
    fc.assert(
      fc.property(arbitraryProfile(), arbitraryProfile(), (a, b) => {
        expect(mergeProfiles([a])).toEqual(a);
        const merged = mergeProfiles([a, b]);
        for (const { id } of merged.threads) {
          expect(totalOf(merged, id).sizeBytes).toBe(totalOf(a, id).sizeBytes + totalOf(b, id).sizeBytes);
        }
      }),
    );
  });

  it('refuses an empty list', () => {
    expect(() => mergeProfiles([])).toThrow(MemxError);
  });
});

describe('diffProfiles', () => {
  it('is what came more, stack by stack, by a slow model', () => {
    fc.assert(
      fc.property(arbitraryProfile(), arbitraryProfile(), (before, after) => {
        const [a, b] = [bytesByStack(before), bytesByStack(after)];
        const expected = new Map<string, number>();
        for (const key of [...a.keys(), ...b.keys()]) {
          const difference = (b.get(key) ?? 0) - (a.get(key) ?? 0);
          if (difference !== 0) expected.set(key, difference);
        }
        expect(bytesByStack(diffProfiles(before, after))).toEqual(expected);
      }),
    );
  });

  it('is empty between a profile and itself', () => {
    fc.assert(
      fc.property(arbitraryProfile(), (profile) => diffProfiles(profile, profile).stacks.length === 0),
    );
  });

  it('is less certain than either side', () => {
    const [stack] = diffProfiles(profileOf(1_009, 3, 300), profileOf(907, 5, 400)).stacks;
    expect(stack).toMatchObject({ sizeBytes: -102, samples: 8, standardErrorBytes: 500 });
  });

  it('refuses what does not measure the same', () => {
    const total = profileOf(1_009, 3, 300);
    expect(() => diffProfiles(total, { ...total, measure: 'live' })).toThrow(/measure/);
    expect(() => diffProfiles(diffProfiles(total, total), total)).toThrow(/kind/);
  });
});
