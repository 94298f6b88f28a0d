import { describe, expect, it } from 'vitest';
import type { CallStack } from '../../src/allocation/sampling-profile-decoder.js';
import { refineEvidence } from '../../src/leak/refine-evidence.js';
import { evidence, frame, leaking, site } from './build-evidence.js';

const inserted = frame('(anonymous)', '/app/server.js', 17);
const handler = frame('handler', '/app/server.js', 12);
const store = frame('set', '/app/node_modules/sessions/store.js', 119);

const withSites = (...sites: ReturnType<typeof site>[]) => ({
  schema: 'memx.evidence/1' as const,
  node: 'v20.20.2',
  threads: [evidence({ sites })],
});

/** As the instrumentation's own resolver: the inserted function goes, its line stays. */
const refine = (stack: CallStack): CallStack | null => {
  if (stack[0]?.functionName === 'maker') return null;
  return stack.flatMap((entry) =>
    entry === inserted ? [] : entry === handler ? [{ ...handler, line: 17 }] : [entry],
  );
};

describe('refineEvidence', () => {
  it('puts the line of the expression where the inserted function was', () => {
    const [refined] = refineEvidence(
      withSites(site(inserted, { survivors: leaking(), caller: handler })),
      refine,
    ).threads;
    expect(refined?.sites).toHaveLength(1);
    expect(refined?.sites[0]?.allocator).toEqual({ ...handler, line: 17 });
  });

  it('keeps the allocator of a package, and names the line of the caller', () => {
    const original = site(store, { survivors: leaking(), caller: handler });
    const [refined] = refineEvidence(withSites(original), refine).threads;
    expect(refined?.sites[0]).toMatchObject({ allocator: store, survivors: original.survivors });
    expect(refined?.sites[0]?.stacks[0]?.frames.map(({ line }) => line)).toEqual([119, 17]);
  });

  it('leaves out what only the instrumentation allocates', () => {
    const made = site(frame('maker', '/app/server.js'), { survivors: leaking() });
    expect(refineEvidence(withSites(made), refine).threads[0]?.sites).toEqual([]);
  });

  it('adds up sites that turn out to be one', () => {
    const twice = withSites(
      site(inserted, { survivors: [0, 1, 2], caller: handler }),
      site(handler, { survivors: [0, 4, 5] }),
    );
    expect(refineEvidence(twice, refine).threads[0]?.sites).toEqual([
      expect.objectContaining({ survivors: [0, 5, 7] }),
    ]);
  });
});
