import { describe, expect, it } from 'vitest';
import { makeSeeds } from '../../src/snapshot/fuzz-seeds.mjs';
import { fuzzSnapshots } from '../../src/snapshot/fuzz-snapshots.mjs';
import { mutateSnapshot } from '../../src/snapshot/mutate-snapshot.mjs';
import { Random } from '../../src/snapshot/random.mjs';

const INPUTS = 5_003;

describe('broken heap snapshots', () => {
  it('give a value or a MemxError, soon and in little memory', async () => {
    const { outcomes, failures } = await fuzzSnapshots({ seed: 1, from: 0, to: INPUTS });
    const alone = failures.map(({ input, ...rest }) => ({
      alone: `pnpm bench snapshot-fuzz --seed 1 --only ${input}`,
      ...rest,
    }));
    expect(alone).toEqual([]);
    // Both ways must have been taken, or the inputs are all alike.
    expect(outcomes.value).toBeGreaterThan(INPUTS / 10);
    expect(outcomes.ERR_MEMX_SNAPSHOT_FORMAT).toBeGreaterThan(INPUTS);
  });

  it('are the same for the same seed and number, and differ from one another', () => {
    const seeds = makeSeeds();
    const make = (seed) => Buffer.from(mutateSnapshot(seeds, new Random(seed)).bytes).toString('latin1');
    expect(make(7)).toBe(make(7));
    expect(new Set(Array.from({ length: 101 }, (_, seed) => make(seed))).size).toBeGreaterThan(90);
  });

  it('are found out when a reader throws something else, takes memory at a word, or never ends', async () => {
    const targets = new URL('fixtures/faulty-targets.mjs', import.meta.url);
    const { outcomes, failures } = await fuzzSnapshots({
      seed: 1,
      from: 100,
      to: 108,
      targets,
      hangMs: 1_000,
    });
    expect(failures.map(({ input, problem }) => [input, problem.split('\n')[0]])).toEqual([
      [102, 'TypeError: reading a field of undefined'],
      [103, 'it asked for 1073741824 bytes of memory'],
      [105, 'still at it after 1000 ms'],
    ]);
    expect(outcomes).toEqual({ value: 2 }); // the two behind the one that hung, in a new thread
  });
});
