import { readFileSync } from 'node:fs';
import { HeapGraph } from '@memx/advanced';
import { describe, expect, it } from 'vitest';
import { fingerprintOfGraph } from '../../src/snapshot/fingerprint.mjs';
import { fixedHeaps } from '../../src/snapshot/golden-heaps.mjs';

/** Written by `pnpm bench snapshot-exactness --write-golden`, from Chrome DevTools' own code. */
const golden = JSON.parse(readFileSync(new URL('../../golden/devtools.json', import.meta.url), 'utf8'));

describe('a heap graph', () => {
  it('is held against DevTools on at least twenty heaps', () => {
    expect(Object.keys(golden).length).toBeGreaterThanOrEqual(20);
  });

  it.each(fixedHeaps())(
    'has the dominators, sizes and distances of Chrome DevTools: %s',
    async (name, text) => {
      const graph = await HeapGraph.open([Buffer.from(text, 'latin1')]);
      // Which nodes differ says `pnpm bench snapshot-exactness`.
      expect(fingerprintOfGraph(graph)).toEqual(golden[name]);
      graph[Symbol.dispose]();
    },
  );
});
