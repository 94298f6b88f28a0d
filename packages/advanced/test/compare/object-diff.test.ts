import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffObjectRows } from '../../src/compare/object-diff.js';
import type { ObjectRow } from '../../src/compare/object-row.js';

const row = (
  type: string,
  count: number,
  sizeBytes: number,
  kind: ObjectRow['kind'] = 'object',
): ObjectRow => ({
  kind,
  type,
  count,
  sizeBytes,
});

const rows = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom<ObjectRow['kind']>('object', 'hidden'),
    type: fc.constantFrom('A', 'B', 'C', 'D'),
    count: fc.integer({ min: 1, max: 5 }),
    sizeBytes: fc.integer({ min: 0, max: 50 }),
  }),
  { selector: ({ kind, type }) => `${kind} ${type}` },
);

describe('diffObjectRows', () => {
  it('puts what grew most first and what shrank most last, and leaves out what is the same', () => {
    const before = [row('Same', 3, 30), row('Grown', 1, 10), row('Gone', 7, 70), row('Shrunk', 5, 50)];
    const after = [row('New', 2, 20), row('Grown', 4, 41), row('Same', 3, 30), row('Shrunk', 2, 23)];
    const diff = diffObjectRows(before, after);
    expect(diff.map(({ type, countDelta, sizeBytesDelta }) => [type, countDelta, sizeBytesDelta])).toEqual([
      ['Grown', 3, 31],
      ['New', 2, 20],
      ['Shrunk', -3, -27],
      ['Gone', -7, -70],
    ]);
    expect(diff[0]).toMatchObject({ countBefore: 1, countAfter: 4, sizeBytesBefore: 10, sizeBytesAfter: 41 });
  });

  it('keeps a class apart from an object of V8 with its name', () => {
    const diff = diffObjectRows([row('Context', 1, 8, 'hidden')], [row('Context', 1, 8)]);
    expect(diff.map(({ kind, countDelta }) => [kind, countDelta])).toEqual([
      ['object', 1],
      ['hidden', -1],
    ]);
  });

  it('adds up to the difference of the sums, and turned around it is its own opposite', () => {
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const total = (list: readonly ObjectRow[]) => list.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
        const diff = diffObjectRows(before, after);
        expect(diff.reduce((sum, { sizeBytesDelta }) => sum + sizeBytesDelta, 0)).toBe(
          total(after) - total(before),
        );
        const key = (deltas: ReturnType<typeof diffObjectRows>, sign: number) =>
          deltas
            .map((d) => `${d.kind} ${d.type} ${sign * d.countDelta + 0} ${sign * d.sizeBytesDelta + 0}`)
            .sort();
        expect(key(diffObjectRows(after, before), -1)).toEqual(key(diff, 1));
      }),
    );
  });
});
