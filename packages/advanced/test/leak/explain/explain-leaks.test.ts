import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LeakEvidence } from '../../../src/leak/evidence.js';
import { explainLeaks } from '../../../src/leak/explain/explain-leaks.js';
import { judgeLeaks } from '../../../src/leak/judge/judge-leaks.js';
import { evidence, frame, leaking, site, typeReadings } from '../build-evidence.js';

const file = join(import.meta.dirname, 'no-such.heapsnapshot');
const main = {
  ...evidence({
    sites: [site(frame('keep', '/app/keep.js'), { survivors: leaking() })],
    types: typeReadings('Session', [100, 2_100, 4_100], 2_000),
  }),
  snapshot: { file, settledFromId: 1, settledBeforeId: 2 },
};
const seen: LeakEvidence = { schema: 'memx.evidence/1', node: 'v20.20.2', threads: [main] };

describe('explainLeaks', () => {
  it('leaves the verdict as it is, and says why, where a snapshot cannot be read', async () => {
    const report = judgeLeaks(seen);
    const { notes, ...explained } = await explainLeaks(report, seen);
    expect(explained).toEqual({ ...explained, suspects: report.suspects, outcome: 'leak' });
    expect(notes).toEqual([
      expect.stringMatching(/^What holds the objects was not found: .*no-such\.heapsnapshot/),
    ]);
  });

  it('ends when it is told to', async () => {
    const signal = AbortSignal.abort();
    await expect(explainLeaks(judgeLeaks(seen), seen, { signal })).rejects.toMatchObject({
      code: 'ERR_MEMX_ABORTED',
    });
  });
});
