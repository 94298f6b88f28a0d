import { describe, expect, it } from 'vitest';
import { explainWatch } from '../../../src/leak/judge/explain-watch.js';
import { evidence } from '../build-evidence.js';

describe('explainWatch', () => {
  const { rounds, ...rest } = evidence({});
  const withChildren = (count: number) => ({
    ...rest,
    notes: ['kept'],
    rounds: rounds.map((round) => ({ ...round, resources: { ChildProcess: count } })),
  });

  it('says nothing of a watch without incident', () => {
    expect(explainWatch({ ...rest, rounds })).toEqual([]);
  });

  it('says that processes which the program started were not watched, after what the watch said', () => {
    expect(explainWatch(withChildren(1))).toEqual([
      'kept',
      expect.stringMatching(/^A process that it started was not/),
    ]);
    expect(explainWatch(withChildren(7))[1]).toMatch(/^7 processes that it started were not watched\./);
  });

  it('asks an idle program for work, unless others do it', () => {
    const idle = { sampledAllocations: 0 };
    expect(explainWatch({ ...rest, rounds, ...idle })).toEqual([expect.stringMatching(/Give it work/)]);
    expect(explainWatch({ ...withChildren(2), ...idle }).join(' ')).not.toMatch(/Give it work/);
  });
});
