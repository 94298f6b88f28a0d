import { Session } from 'node:inspector';
import { afterEach, describe, expect, it } from 'vitest';
import { countListReferences } from '../../../src/snapshot/price/count-list-references.js';
import type { CountingSession } from '../../../src/snapshot/price/count-objects.js';

const PLACES = 2_000_003;

const session = new Session();
session.connect();
afterEach(() => void held.splice(0));
const held: unknown[][] = [];

const counting: CountingSession = {
  post: (method, params) =>
    new Promise((resolve, reject) => {
      session.post(method, params, (error: Error | null, result?: object) =>
        error ? reject(error) : resolve(result),
      );
    }),
  on: () => {},
};

describe('countListReferences', () => {
  it('tells references from small integers', async () => {
    held.push(new Array(PLACES).fill(held));
    const references = (await countListReferences(counting, PLACES)) ?? 0;
    expect(references).toBeGreaterThan(PLACES * 0.95);
    held.push(new Array(PLACES).fill(7));
    const half = (await countListReferences(counting, 2 * PLACES)) ?? 0;
    expect(half / references).toBeGreaterThan(0.9);
    expect(half / references).toBeLessThan(1.1);
  });

  it('takes integers for none, and does not count lists of doubles', async () => {
    held.push(new Array(PLACES).fill(7), new Array(3 * PLACES).fill(1.5));
    expect(await countListReferences(counting, PLACES)).toBeLessThan(PLACES * 0.15);
  });

  it('tells nothing where most lists are out of sight, as those of another realm', async () => {
    held.push(new Array(PLACES).fill(held));
    expect(await countListReferences(counting, 10 * PLACES)).toBeNull();
  });
});
