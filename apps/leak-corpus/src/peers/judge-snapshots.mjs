/** A process of its own: judges three snapshots of one program by rules that count types, and prints JSON. */
import { join } from 'node:path';
import { histogramOf, readSnapshot } from './read-snapshot.mjs';

/** V8's own: code compiled late, hidden classes, lists of weak references. */
const ENGINE_ROWS = new Set(['(code)', 'WeakArrayList', '(object shape)']);

const [folder, seconds] = process.argv.slice(2);
const [first, second, third] = [1, 2, 3].map((i) => readSnapshot(join(folder, `s${i}.heapsnapshot`)));

/** Growth over time and instances alone: medium from 0.01 MB/s and 100 instances. */
function growthFlags(watchedSeconds) {
  const before = histogramOf(first);
  return [...histogramOf(third)]
    .map(([type, { count, bytes }]) => ({
      type,
      bytesPerSecond: (bytes - (before.get(type)?.bytes ?? 0)) / watchedSeconds,
      instances: count - (before.get(type)?.count ?? 0),
    }))
    .filter(({ bytesPerSecond, instances }) => bytesPerSecond > 10_000 && instances > 100)
    .sort((a, b) => b.bytesPerSecond - a.bytesPerSecond)
    .map(({ type }) => type);
}

/** Born between the first and the second snapshot, alive in the third. */
function settledFlags() {
  const lastId = (objects) => objects.reduce((last, { id }) => Math.max(last, id), 0);
  const [from, to] = [lastId(first), lastId(second)];
  return [...histogramOf(third.filter(({ id }) => id > from && id <= to))]
    .filter(([, { count, bytes }]) => count > 100 || bytes > 100_000)
    .sort(([, a], [, b]) => b.bytes - a.bytes)
    .map(([type]) => type);
}

const settled = settledFlags();
console.log(
  JSON.stringify({
    'growth rate and instances alone': growthFlags(0.6 * Number(seconds)),
    'three snapshots by id': settled,
    'three snapshots by id, without engine rows': settled.filter((type) => !ENGINE_ROWS.has(type)),
  }),
);
