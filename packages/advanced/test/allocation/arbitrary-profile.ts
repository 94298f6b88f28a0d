import fc from 'fast-check';
import type { AllocationProfile, ProfileMeta } from '../../src/allocation/allocation-profile.js';
import { type Estimate, ProfileBuilder } from '../../src/allocation/profile-builder.js';
import { frameAt, type StackFrame } from '../../src/allocation/stack-frame.js';

export const META: ProfileMeta = {
  kind: 'profile',
  node: 'v20.20.2',
  startedAtEpochMs: 1_760_000_000_123,
  durationMs: 4_507,
  samplingIntervalBytes: 65_536,
  measure: 'total',
  precision: 'function',
  inliningOff: false,
  externalIntervalBytes: 524_288,
};

/** Names and paths with what formats use as separators in them. */
const word = fc.oneof(
  fc.constantFrom(
    'handle',
    'a;b',
    'x (y)',
    'get size',
    '100%',
    '%3B',
    'ü – 漢',
    '(anonymous)',
    'a\nb',
    'f (z:1:2)',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }),
);

const filename = fc.oneof(
  fc.constantFrom(
    '/app/a b.js',
    '/app (copy)/ü;#?.mjs',
    '/app/node_modules/@x/y/z.js',
    'node:fs',
    'evalmachine.<anonymous>',
  ),
  fc.stringMatching(/^[a-z0-9;%#?() ]{1,9}$/).map((name) => `/app/${name}.js`),
);

const place = fc.record({
  filename,
  line: fc.integer({ min: 1, max: 1e6 }),
  column: fc.integer({ min: 1, max: 1e6 }),
});
const nowhere = fc.constant({ filename: '', line: 0, column: 0 });

const arbitraryFrame: fc.Arbitrary<StackFrame> = fc
  .tuple(word, fc.oneof(place, nowhere))
  .map(([functionName, where]) => frameAt({ functionName, ...where }));

const estimate: fc.Arbitrary<Estimate> = fc.record({
  sizeBytes: fc.integer({ min: 1, max: 2 ** 45 }),
  count: fc.option(fc.integer({ min: 1, max: 2 ** 40 })),
  samples: fc.integer({ min: 1, max: 50 }),
  standardErrorBytes: fc.integer({ min: 0, max: 2 ** 40 }),
});

export function arbitraryProfile(meta: Partial<ProfileMeta> = {}): fc.Arbitrary<AllocationProfile> {
  const entry = fc.tuple(
    fc.constantFrom(0, 1, 12),
    fc.constantFrom('heap' as const, 'external' as const),
    fc.array(arbitraryFrame, { maxLength: 5 }),
    estimate,
  );
  return fc.array(entry, { maxLength: 12 }).map((entries) => {
    const builder = new ProfileBuilder({ ...META, ...meta }).addThread(0);
    for (const [threadId, memory, stack, bytes] of entries) builder.add({ threadId, memory }, stack, bytes);
    return builder.build();
  });
}
