import { describe, expect, it } from 'vitest';
import { renderScores } from '../src/scores/render-scores.mjs';

const score = (name: string, kind: 'leak' | 'healthy', reported: boolean, more: object = {}) => ({
  ...{ name, kind, reported, group: 'timers', mechanism: 'interval', judgedOn: 'heap', node: 'v20.1.2' },
  ...{ exitCode: 0, outcome: reported ? 'leak' : 'clean', right: reported === (kind === 'leak') },
  ...{ confidence: reported ? 'high' : null, type: null, site: null, path: null, siteRight: false },
  ...{ ownLine: false, ownFunction: false, typeRight: false, specificTypeRight: false, pathGiven: false },
  ...{ pathRight: false, detectedAtMs: null, pausesMs: null, longestPauseMs: null, ...more },
});

describe('renderScores', () => {
  it('gives precision and recall of each Node version, and shares of the leaks that were found', () => {
    const text = renderScores([
      score('a', 'leak', true, { ownFunction: true, detectedAtMs: 7013 }),
      score('b', 'leak', true, { detectedAtMs: 3011, growthBytesPerSecond: 100_003 }),
      score('c', 'leak', false),
      score('d', 'healthy', true),
      score('e', 'leak', true, { node: 'v26.0.1' }),
    ] as never);
    expect(text).toContain('v20.1.2: 3 leaks: 2 found, 1 missed.  1 healthy programs: 1 false alarms.');
    expect(text).toContain('precision 66.7 %   recall 66.7 %');
    expect(text).toContain('found after (median) 7.0 s; the 1 that grow by 100 KB/s or more after 3.0 s');
    expect(text).toContain('own function 50.0 %');
    expect(text).toContain('v26.0.1: 1 leaks: 1 found, 0 missed.');
  });

  it('names what was judged wrongly', () => {
    const wrongly = renderScores([score('c', 'leak', false), score('x', 'healthy', false)] as never).split(
      'Judged wrongly',
    )[1];
    expect(wrongly).toMatch(/│ c /);
    expect(wrongly).not.toMatch(/│ x /);
  });
});
