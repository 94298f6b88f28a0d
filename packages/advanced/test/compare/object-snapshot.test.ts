import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ObjectDiff } from '../../src/compare/object-diff.js';
import type { ObjectRow } from '../../src/compare/object-row.js';
import { ObjectSnapshot } from '../../src/compare/object-snapshot.js';
import { isEngineRow } from '../../src/snapshot/engine-rows.js';

class Seedling {
  readonly height = 1;
}
class Sapling {
  readonly rings = [1, 2, 3];
}

const plant = <T>(count: number, grow: () => T): T[] => Array.from({ length: count }, grow);

const isObject = (row: ObjectRow) => row.kind === 'object';

/** Rows that the program, not V8, is to answer for. */
const programRows = (diff: ObjectDiff) =>
  diff.rows.filter(({ kind, type: name }) => !isEngineRow({ kind, name }));

// A capture of the test runner's own heap takes about a second.
describe('ObjectSnapshot', { timeout: 60_000 }, () => {
  it('counts planted objects exactly, and what was planted in between', async () => {
    const seedlings = plant(1009, () => new Seedling());
    const before = await ObjectSnapshot.capture();
    const saplings = plant(503, () => new Sapling());
    seedlings.length = 401;
    const after = await ObjectSnapshot.capture();
    const counts = (snapshot: ObjectSnapshot) =>
      ['Seedling', 'Sapling'].map((type) => snapshot.types.find((row) => row.type === type)?.count);
    expect([counts(before), counts(after)]).toEqual([
      [1009, undefined],
      [401, 503],
    ]);
    const deltas = after.diff(before).rows.filter((row) => /^S.+ling$/.test(row.type));
    expect(deltas.map((row) => [row.type, row.countDelta])).toEqual([
      ['Sapling', 503],
      ['Seedling', -608],
    ]);
    expect(saplings).toHaveLength(503);
  });

  // The test runner is not always at rest; what a capture leaves behind it leaves every time.
  it('finds next to nothing between two captures of a program at rest, none of it its own', {
    retry: 2,
  }, async () => {
    // The first ones compile and load what capturing needs; V8 goes on compiling in threads of its own.
    for (let warmUp = 0; warmUp < 5; warmUp++) await ObjectSnapshot.capture();
    await setTimeout(200);
    const before = await ObjectSnapshot.capture();
    const held = await ObjectSnapshot.capture();
    const after = await ObjectSnapshot.capture();
    const grown = programRows(after.diff(before));
    expect(grown.reduce((total, row) => total + Math.max(0, row.sizeBytesDelta), 0)).toBeLessThan(16 << 10);
    const objects = [before, held, after].flatMap((snapshot) => snapshot.types.filter(isObject));
    const own = /^(Held\w+|ObjectSnapshot|HistogramReader|NodeTally)$/;
    expect(objects.filter((row) => own.test(row.type))).toEqual([]);
  });

  it('lists the largest types first', async () => {
    const ballast = plant(7, () => new Float64Array(1 << 17));
    const snapshot = await ObjectSnapshot.capture();
    const top = snapshot.top(5);
    expect(top.map((row) => row.sizeBytes)).toEqual(top.map((row) => row.sizeBytes).sort((a, b) => b - a));
    expect(top[0]).toMatchObject({ kind: 'native', type: 'JSArrayBufferData' });
    expect(top[0]?.sizeBytes).toBeGreaterThan(ballast.length << 20);
    expect(snapshot.top(0)).toEqual([]);
    expect(() => snapshot.top(-1)).toThrow(expect.objectContaining({ code: 'ERR_MEMX_INVALID_OPTION' }));
  });

  it('is written as JSON under its schema, and read back', async () => {
    const snapshot = await ObjectSnapshot.capture();
    const json = JSON.parse(JSON.stringify(snapshot));
    expect(json).toMatchObject({ schema: 'memx.objects/1', nodeCount: snapshot.nodeCount });
    const again = ObjectSnapshot.fromJSON(json);
    expect(again.toJSON()).toEqual(snapshot.toJSON());
    expect(again.diff(snapshot)).toEqual({ elapsedMs: 0, nodeCountDelta: 0, sizeBytesDelta: 0, rows: [] });
  });

  it('does not shrink when nothing but other snapshots of memx is held', () => {
    const histogram = {
      nodeCount: 10,
      selfSizeBytes: 200_000,
      maxObjectId: 1,
      types: [
        { kind: 'native', name: 'JSArrayBufferData', count: 3, sizeBytes: 2 * 65_536 + 17, cohorts: [] },
        { kind: 'object', name: 'HeldBlock', count: 2, sizeBytes: 100, cohorts: [] },
        { kind: 'object', name: 'HeldText', count: 1, sizeBytes: 32, cohorts: [] },
        { kind: 'object', name: 'ObjectSnapshot', count: 1, sizeBytes: 24, cohorts: [] },
        { kind: 'object', name: 'Order', count: 3, sizeBytes: 99, cohorts: [] },
      ],
    } as const;
    expect(ObjectSnapshot.fromHistogram(histogram, 5).toJSON()).toEqual({
      schema: 'memx.objects/1',
      takenAtEpochMs: 5,
      nodeCount: 4,
      sizeBytes: 200_000 - 2 * 65_536 - 156,
      types: [
        { kind: 'object', type: 'Order', count: 3, sizeBytes: 99 },
        { kind: 'native', type: 'JSArrayBufferData', count: 1, sizeBytes: 17 },
      ],
    });
  });

  it.each([
    ['nothing', null],
    ['another schema', { schema: 'memx.objects/2' }],
    ['no types', { schema: 'memx.objects/1', takenAtEpochMs: 1, nodeCount: 1, sizeBytes: 1 }],
    [
      'a wrong row',
      { schema: 'memx.objects/1', takenAtEpochMs: 1, nodeCount: 1, sizeBytes: 1, types: [{ type: 'Foo' }] },
    ],
  ])('refuses to read %s', (_what, json) => {
    expect(() => ObjectSnapshot.fromJSON(json)).toThrow(
      expect.objectContaining({ code: 'ERR_MEMX_SNAPSHOT_FORMAT' }),
    );
  });
});
