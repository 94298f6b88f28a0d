import { gunzipSync, gzipSync } from 'node:zlib';
import { MemxError } from '@memx/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AllocationProfile } from '../../src/allocation/allocation-profile.js';
import { diffProfiles } from '../../src/allocation/combine-profiles.js';
import {
  decodeProfile,
  encodeProfile,
  type ProfileFormat,
  profileFormatOf,
} from '../../src/formats/profile-formats.js';
import { arbitraryProfile } from '../allocation/arbitrary-profile.js';

const WHOLE: readonly ProfileFormat[] = ['json', 'heapprofile', 'pprof', 'speedscope'];

const roundTrip = async (profile: AllocationProfile, format: ProfileFormat) =>
  decodeProfile(await encodeProfile(profile, format));

async function codeOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
  } catch (error) {
    if (error instanceof MemxError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
}

/** Bytes and frames per thread: what collapsed stacks carry. */
const withoutMeta = ({ frames, stacks, kind, threads }: AllocationProfile) => ({
  kind,
  frames,
  stacks: stacks.map(({ frames: indexes, sizeBytes, thread }) => [threads[thread]?.id, indexes, sizeBytes]),
});

describe('profile files', () => {
  it.each(WHOLE)('%s gives back the same profile', async (format) => {
    await fc.assert(
      fc.asyncProperty(arbitraryProfile(), async (profile) => {
        expect(await roundTrip(profile, format)).toEqual(profile);
      }),
    );
  });

  it.each(WHOLE)('%s gives back a profile of which nothing is known', async (format) => {
    const meta = {
      node: null,
      startedAtEpochMs: null,
      durationMs: null,
      samplingIntervalBytes: null,
      measure: null,
    };
    const [profile] = fc.sample(arbitraryProfile(meta), { numRuns: 1, seed: 7 });
    const bare = profile && {
      ...profile,
      stacks: profile.stacks.map((s) => ({ ...s, samples: null, standardErrorBytes: null })),
    };
    expect(bare && (await roundTrip(bare, format))).toEqual(bare);
  });

  it('collapsed stacks give back bytes, frames and threads', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryProfile(), async (profile) => {
        expect(withoutMeta(await roundTrip(profile, 'collapsed'))).toEqual(withoutMeta(profile));
      }),
    );
  });

  it.each([...WHOLE, 'collapsed'] as const)('%s carries the signs of a difference', async (format) => {
    await fc.assert(
      fc.asyncProperty(arbitraryProfile(), arbitraryProfile(), async (before, after) => {
        const difference = diffProfiles(before, after);
        fc.pre(difference.stacks.length > 0);
        const read = await roundTrip(difference, format);
        if (format === 'collapsed') expect(withoutMeta(read)).toEqual(withoutMeta(difference));
        else expect(read).toEqual(difference);
      }),
    );
  });

  it('are refused when cut short, whatever the format', async () => {
    const [profile] = fc.sample(arbitraryProfile(), { numRuns: 1, seed: 11 });
    for (const format of WHOLE) {
      const bytes = await encodeProfile(profile as AllocationProfile, format);
      expect(await codeOf(decodeProfile(bytes.subarray(0, bytes.length / 2)))).toBe(
        'ERR_MEMX_PROFILE_FORMAT',
      );
    }
  });

  it.each(['{}', '[]', 'null', '{"head":{}}', '{"schema":"memx.allocations/1"}', 'a line', '{"head":{"id":'])(
    'are refused when they are none: %s',
    async (text) => {
      expect(await codeOf(decodeProfile(Buffer.from(text)))).toBe('ERR_MEMX_PROFILE_FORMAT');
    },
  );

  it('refuses bytes that are nothing at all, and other things that are gzipped', async () => {
    expect(await codeOf(decodeProfile(Uint8Array.of(0xff, 0xfe, 0, 1)))).toBe('ERR_MEMX_PROFILE_FORMAT');
    expect(await codeOf(decodeProfile(gzipSync('hello')))).toBe('ERR_MEMX_PROFILE_FORMAT');
  });

  it('reads pprof that is not gzipped', async () => {
    const [profile] = fc.sample(arbitraryProfile(), { numRuns: 1, seed: 13 });
    const bytes = await encodeProfile(profile as AllocationProfile, 'pprof');
    expect(await decodeProfile(gunzipSync(bytes))).toEqual(profile);
  });

  it('refuses a format that there is not', async () => {
    const [profile] = fc.sample(arbitraryProfile(), { numRuns: 1, seed: 17 });
    const encoded = encodeProfile(profile as AllocationProfile, 'toString' as ProfileFormat);
    expect(await codeOf(encoded)).toBe('ERR_MEMX_INVALID_OPTION');
  });

  it.each([
    ['a.heapprofile', 'heapprofile'],
    ['a.pb.gz', 'pprof'],
    ['a.speedscope.json', 'speedscope'],
    ['a.json', 'json'],
    ['a.collapsed', 'collapsed'],
    ['a.svg', null],
  ])('are named by their ending: %s', (name, format) => {
    expect(profileFormatOf(name)).toBe(format);
  });
});
