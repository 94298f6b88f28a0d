import { describe, expect, it } from 'vitest';
import { compareHeaps } from '../../src/compare/compare-heaps.js';
import { buildSnapshot } from '../../src/testing/build-snapshot.js';
import type { SnapshotBuilder } from '../../src/testing/snapshot-builder.js';

const ORDER_BYTES = 101;
const NOTE_BYTES = 23;

interface ServiceOptions {
  readonly orders: number;
  readonly visits?: number;
  /** As another run would number its objects. */
  readonly isOtherRun?: boolean;
}

/** Objects come in eras of a hundred orders: what is younger has a larger id. */
const eraOf = (orders: number) => Math.max(0, Math.ceil((orders - 31) / 100));

/** A service whose registry holds so many orders, each with a note; the visits of its window come and go. */
function service({ orders, visits = 0, isOtherRun = false }: ServiceOptions) {
  return [
    Buffer.from(
      buildSnapshot((heap: SnapshotBuilder) => {
        const app = heap.object('App', { id: 101 });
        heap.edge(heap.root, 'shortcut', 'app', app);
        const registry = heap.object('Registry', { id: 103 });
        heap.edge(app, 'property', 'registry', registry);
        const table = heap.array('', { id: 105 });
        heap.edge(registry, 'internal', 'table', table);
        for (let at = 0; at < 50; at++) {
          const id = 201 + 2 * (isOtherRun ? 49 - at : at);
          heap.edge(app, 'property', `part${at}`, heap.object(`Part${at}`, { id }));
        }
        for (let at = 0; at < orders; at++) {
          const id = 1001 + 10_000 * eraOf(at + 1) + 4 * at;
          const order = heap.object('Order', { sizeBytes: ORDER_BYTES, id });
          heap.edge(table, 'internal', `${at}`, order);
          heap.edge(order, 'property', 'note', heap.string('n', { sizeBytes: NOTE_BYTES, id: id + 2 }));
        }
        const window = heap.object('Window', { id: 107 });
        heap.edge(app, 'property', 'window', window);
        for (let at = 0; at < visits; at++) {
          const id = 6001 + 10_000 * eraOf(orders) + 2 * at;
          heap.edge(window, 'element', at, heap.object('Visit', { sizeBytes: 19, id }));
        }
      }),
    ),
  ];
}

describe('compareHeaps', () => {
  it('names the path to what is added, with what came, and what would go', async () => {
    const { paths, heaps, types } = await compareHeaps([service({ orders: 31 }), service({ orders: 131 })]);
    expect(paths).toEqual([
      {
        path: ['(root)', 'App', '.registry: Registry', 'Order'],
        kind: 'object',
        type: 'Order',
        counts: [31, 131],
        grownBytes: 100 * (ORDER_BYTES + NOTE_BYTES),
        shareBytes: 131 * (ORDER_BYTES + NOTE_BYTES),
        exclusiveBytes: 131 * (ORDER_BYTES + NOTE_BYTES),
        types: [
          { kind: 'object', type: 'Order', grownCount: 100, grownBytes: 100 * ORDER_BYTES },
          { kind: 'string', type: '(string)', grownCount: 100, grownBytes: 100 * NOTE_BYTES },
        ],
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ]);
    expect(heaps).toHaveLength(2);
    expect(types[0]).toMatchObject({ type: 'Order', counts: [31, 131], shallowBytes: [31 * 101, 131 * 101] });
  });

  it('tells what grows from what swings, with three heaps', async () => {
    const { paths } = await compareHeaps([
      service({ orders: 31, visits: 10 }),
      service({ orders: 131, visits: 400 }),
      service({ orders: 231, visits: 300 }),
    ]);
    expect(paths.map(({ type, counts }) => ({ type, counts }))).toEqual([
      { type: 'Order', counts: [31, 131, 231] },
    ]);
  });

  it('knows one process by its ids, and who is still alive of each time', async () => {
    const { isSameProcess, cohorts } = await compareHeaps([
      service({ orders: 31 }),
      service({ orders: 131 }),
      service({ orders: 231 }),
    ]);
    expect(isSameProcess).toBe(true);
    expect(cohorts?.map(({ count, sizeBytes }) => ({ count, sizeBytes }))).toEqual([
      { count: 200, sizeBytes: 100 * (ORDER_BYTES + NOTE_BYTES) },
      { count: 200, sizeBytes: 100 * (ORDER_BYTES + NOTE_BYTES) },
    ]);
  });

  it('compares heaps of different runs by path alone, and calls the same leak the same', async () => {
    const one = await compareHeaps([service({ orders: 31 }), service({ orders: 131, isOtherRun: true })]);
    expect(one.isSameProcess).toBe(false);
    expect(one.cohorts).toBeNull();
    const two = await compareHeaps([service({ orders: 7 }), service({ orders: 47 })]);
    expect(one.paths[0]?.fingerprint).toBe(two.paths[0]?.fingerprint);
  });

  it('finds nothing in two equal heaps', async () => {
    const { paths, types } = await compareHeaps([service({ orders: 31 }), service({ orders: 31 })]);
    expect(paths).toEqual([]);
    expect(types).toEqual([]);
  });

  it('refuses one heap, and a growth that is no number of objects', async () => {
    await expect(compareHeaps([service({ orders: 1 })])).rejects.toMatchObject({
      code: 'ERR_MEMX_INVALID_OPTION',
    });
    const two = [service({ orders: 1 }), service({ orders: 1 })];
    await expect(compareHeaps(two, { minGrowth: 0 })).rejects.toMatchObject({
      code: 'ERR_MEMX_INVALID_OPTION',
    });
  });
});
