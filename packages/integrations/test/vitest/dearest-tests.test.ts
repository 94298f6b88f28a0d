import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DearestTests } from '../../src/vitest/dearest-tests.js';
import { measured } from './measured-test.js';

test('it lists what sorting all of them and cutting the list would', () => {
  const sizes = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }));
  fc.assert(
    fc.property(fc.array(sizes, { maxLength: 30 }), fc.nat({ max: 10 }), (all, limit) => {
      const tests = all.map(([heap, external], index) => measured(`${index}`, heap, external));
      const dearest = new DearestTests(limit);
      for (const one of tests) dearest.add(one);
      const kept = ({ memory }: (typeof tests)[number]) =>
        memory.heapUsedDeltaBytes + memory.externalDeltaBytes;
      expect(dearest.list()).toEqual(tests.toSorted((a, b) => kept(b) - kept(a)).slice(0, limit));
      expect(dearest.seen).toBe(all.length);
    }),
  );
});

test('it starts anew', () => {
  const dearest = new DearestTests(3);
  dearest.add(measured('old', 1, 1));
  dearest.clear();
  expect([dearest.list(), dearest.seen]).toEqual([[], 0]);
});
