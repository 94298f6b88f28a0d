import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import * as pprof from 'pprof-format';
import { describe, expect, it } from 'vitest';
import type { AllocationProfile } from '../../src/allocation/allocation-profile.js';
import { toPprof } from '../../src/formats/pprof.js';
import { decodeProfile } from '../../src/formats/profile-formats.js';
import { arbitraryProfile } from '../allocation/arbitrary-profile.js';

const read = async (profile: AllocationProfile) => pprof.Profile.decode(gunzipSync(await toPprof(profile)));

describe('pprof', () => {
  it("keeps the format's rules: no id 0, every reference found, one value per type, '' first", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryProfile(), async (profile) => {
        const file = await read(profile);
        const { strings } = file.stringTable;
        expect(strings[0]).toBe('');
        expect(new Set(strings).size).toBe(strings.length);
        const functionIds = new Set(file.function.map(({ id }) => Number(id)));
        const locationIds = new Set(file.location.map(({ id }) => Number(id)));
        expect(functionIds.has(0) || locationIds.has(0)).toBe(false);
        expect([functionIds.size, locationIds.size]).toEqual([file.function.length, file.location.length]);
        for (const { locationId, value } of file.sample) {
          expect(value).toHaveLength(file.sampleType.length);
          for (const id of locationId) expect(locationIds).toContain(Number(id));
        }
        for (const line of file.location.flatMap((location) => location.line)) {
          expect(functionIds).toContain(Number(line.functionId));
        }
      }),
    );
  });

  it.each([
    ['live', 'inuse_space'],
    ['total', 'alloc_space'],
  ] as const)('calls the bytes of a %s profile %s, and shows them first', async (measure, space) => {
    const [sample] = fc.sample(arbitraryProfile({ measure }), { numRuns: 1, seed: 5 });
    const profile = sample && { ...sample, stacks: sample.stacks.map((stack) => ({ ...stack, count: 3 })) };
    const file = await read(profile as AllocationProfile);
    const at = (index: number | bigint) => file.stringTable.strings[Number(index)];
    expect(file.sampleType.map(({ type, unit }) => [at(type), at(unit)])).toEqual([
      ['samples', 'count'],
      [space.replace('space', 'objects'), 'count'],
      [space, 'bytes'],
      [space.replace('space', 'external_space'), 'bytes'],
    ]);
    expect(at(file.defaultSampleType)).toBe(space);
    expect(Number(file.period)).toBe(65_536);
    expect(Number(file.timeNanos) / 1e6).toBeCloseTo(profile?.startedAtEpochMs ?? 0, 0);
  });

  it('gives no system name, so that pprof does not take <instance_members_initializer> for C++', async () => {
    const [profile] = fc.sample(arbitraryProfile(), { numRuns: 1, seed: 3 });
    const file = await read(profile as AllocationProfile);
    expect(file.function.length).toBeGreaterThan(0);
    expect(file.function.map(({ systemName }) => Number(systemName))).toEqual(file.function.map(() => 0));
  });

  it("reads other tools' profiles: inlined lines innermost first, bytes and objects in use", async () => {
    const stringTable = new pprof.StringTable();
    const text = (value: string) => stringTable.dedup(value);
    const type = (name: string, unit: string) => new pprof.ValueType({ type: text(name), unit: text(unit) });
    const file = new pprof.Profile({
      stringTable,
      sampleType: [type('inuse_objects', 'count'), type('inuse_space', 'bytes')],
      sample: [new pprof.Sample({ locationId: [4], value: [17, 1_009] })],
      location: [
        new pprof.Location({
          id: 4,
          line: [new pprof.Line({ functionId: 1, line: 12 }), new pprof.Line({ functionId: 2, line: 31 })],
        }),
      ],
      function: [
        new pprof.Function({ id: 1, name: text('inlined'), filename: text('/srv/a.go') }),
        new pprof.Function({ id: 2, name: text('caller'), filename: text('/srv/b.go') }),
      ],
    });
    const profile = await decodeProfile(file.encode());
    expect(profile).toMatchObject({ measure: 'live', node: null, samplingIntervalBytes: null });
    expect(profile.stacks).toMatchObject([{ frames: [0, 1], sizeBytes: 1_009, count: 17, samples: null }]);
    expect(profile.frames).toMatchObject([
      { functionName: 'inlined', line: 12 },
      { functionName: 'caller', line: 31 },
    ]);
  });
});
