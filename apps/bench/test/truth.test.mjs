import { describe, expect, it } from 'vitest';
import { judgePrograms } from '../benches/truth.mjs';

/** A few of those of `pnpm bench truth`: columns, code between turns of the event loop, a minified bundle. */
const SAMPLE = ['one-line', 'async-await', 'bundled'];

describe('allocation profiles', () => {
  it('tell the bytes within 5 %, the right functions with `exact`, and the right lines', async () => {
    const rows = await judgePrograms({ only: SAMPLE });
    expect(rows).toHaveLength(SAMPLE.length);
    for (const { errors, samples, wrongFunctions, wrongLines } of rows) {
      expect(wrongFunctions ?? []).toEqual([]);
      expect(wrongLines).toEqual([]);
      expect(samples).toBeGreaterThan(1_000);
      for (const error of Object.values(errors)) expect(Math.abs(error)).toBeLessThan(0.05);
    }
  }, 120_000);
});
