import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Overlap, OverlapCounter } from '../../src/http/overlap-counter.js';

interface Modelled {
  readonly overlap: Overlap;
  readonly met: Set<number>;
  open: boolean;
}

test('it counts as a model does that keeps for each piece of work the set of those it met', () => {
  const begin = fc.constant('begin' as const);
  const end = fc.nat({ max: 40 });
  fc.assert(
    fc.property(fc.array(fc.oneof(begin, end), { maxLength: 60 }), (steps) => {
      const counter = new OverlapCounter();
      const all: Modelled[] = [];
      for (const step of steps) {
        if (step === 'begin') {
          const met = new Set(all.flatMap(({ open }, index) => (open ? [index] : [])));
          for (const index of met) all[index]?.met.add(all.length);
          all.push({ overlap: counter.begin(), met, open: true });
        } else {
          const piece = all[step];
          piece?.overlap.end();
          if (piece) piece.open = false;
        }
        for (const { overlap, met, open } of all) if (open) expect(overlap.count()).toBe(met.size);
        expect(counter.open).toBe(all.filter(({ open }) => open).length);
      }
    }),
  );
});
