import type { ThreadEvidence, TypeCount, TypeReading } from '../evidence.js';
import type { Confidence, TypeGrowth } from '../leak-report.js';
import { activeTimeAt } from './active-time.js';
import { compareText } from './compare-text.js';

/** Fewer than these settle by chance: a lazily loaded table, a pool that is being filled. */
const LEAST_COUNT = 100;
const LEAST_BYTES = 100 * 1024;
/** Below a third of the evidence a growing type is not even mentioned. */
const LEAST_MENTION = 0.3;
/** Growth that has fallen to less than this share of what it was is a plateau coming. */
const LEAST_STEADINESS = 0.4;

/**
 * Of what the first span added, so much must be there to the end where nothing but types speaks. V8 may give the id of a dead
 * object to a new one at its address: of a dictionary that is emptied again and again, some keys seem to stay.
 */
const LEAST_LASTING_SHARE = 0.5;
/** How much longer than the other span one of a slow rise may be: what a short one shows is chance. */
const MOST_UNEVEN = 2;
const WARM_UP_SHARE = 0.25;

/**
 * Which types grow, from three readings: of a leaking type, objects that were born between the first and the second
 * are alive in the third, and the type as a whole grew in both spans, by about as many and at about the same pace.
 * Settled objects alone would accuse a window that slides more slowly than the readings come, growth alone a table
 * that is being filled. So the weight of a type is the least of the three; and it has none where fewer are left of what
 * the second reading knew than there were at the first. The pace is that of the time in which the program could work: a
 * reading may stop it for as long as the program needs to leak as much again.
 */
export function judgeTypes(seen: TypesSeen): TypeGrowth[] {
  return findGrowing(compareSeries(seen), seen, leastOfKept);
}

/** The same where no other witness is heard. */
export function judgeLastingTypes(seen: TypesSeen): TypeGrowth[] {
  return findGrowing(compareSeries(seen), seen, (sizes) => {
    const { row, first, second } = sizes;
    const least = leastOfKept(sizes);
    const lasts = (kept: number, metric: keyof Size) =>
      kept - first[metric] >= (second[metric] - first[metric]) * LEAST_LASTING_SHARE;
    return {
      count: lasts(row.keptCount, 'count') ? least.count : 0,
      sizeBytes: lasts(row.keptBytes, 'sizeBytes') ? least.sizeBytes : 0,
    };
  });
}

/**
 * The same of what grows too slowly for one series to show, from readings that lie far apart. Which objects were born in between V8
 * does not know; but of those that are older than the last reading but one, no more can be older than the first reading than it
 * counted.
 */
export function judgeSlowTypes(seen: TypesSeen): TypeGrowth[] {
  return findGrowing(compareFarApart(seen), seen, leastOfKept);
}

/** The types that grow in the same way, whether or not their objects stay. */
export function listGrowingTypes(seen: TypesSeen): TypeGrowth[] {
  const grownOf = ({ grown }: TypeSizes) => grown;
  return mergeTypes(
    findGrowing(compareSeries(seen), seen, grownOf),
    findGrowing(compareFarApart(seen), seen, grownOf),
  );
}

/** Dearest first; those that the first list has are not taken from the second. */
export function mergeTypes(types: readonly TypeGrowth[], others: readonly TypeGrowth[]): TypeGrowth[] {
  const known = new Set(types.map(keyOf));
  return [...types, ...others.filter((other) => !known.has(keyOf(other)))].sort(byGrowth);
}

type TypesSeen = Pick<ThreadEvidence, 'types' | 'landmarks' | 'rounds'>;

/** Three readings, and what the last one tells of what was born after the first. */
interface Comparison {
  readonly early: TypeReading;
  readonly middle: TypeReading;
  readonly last: TypeReading;
  /** What is settled is older than this. */
  readonly settledBeforeMs: number;
  readonly settledOf: (row: TypeCount, first: Size) => Size;
}

function compareSeries({ types }: TypesSeen): Comparison | null {
  const [early, middle, last] = types.slice(-3);
  if (!early || !middle || !last) return null;
  const settledOf = ({ settledCount: count, settledBytes: sizeBytes }: TypeCount) => ({ count, sizeBytes });
  return { early, middle, last, settledBeforeMs: middle.timeMs, settledOf };
}

/** From the warm-up's end on, with a reading about halfway; null where there was no such. */
function compareFarApart(seen: TypesSeen): Comparison | null {
  const series = compareSeries(seen);
  if (!series) return null;
  const { early: begin, middle: beforeLast, last } = series;
  const [early, ...landmarks] = seen.landmarks.filter(
    ({ timeMs }) => timeMs >= last.timeMs * WARM_UP_SHARE && timeMs < begin.timeMs,
  );
  if (!early) return null;
  const between = [...landmarks, begin, beforeLast];
  const unevenness = ({ timeMs }: TypeReading) => {
    const [before, after] = [timeMs - early.timeMs, last.timeMs - timeMs];
    return Math.max(before / after, after / before);
  };
  const [middle] = between.toSorted((a, b) => unevenness(a) - unevenness(b));
  if (!middle || unevenness(middle) > MOST_UNEVEN) return null;
  const settledOf = ({ keptCount, keptBytes }: TypeCount, first: Size) => ({
    count: Math.max(0, keptCount - first.count),
    sizeBytes: Math.max(0, keptBytes - first.sizeBytes),
  });
  return { ...series, early, middle, settledOf };
}

interface TypeSizes {
  readonly row: TypeCount;
  readonly first: Size;
  readonly second: Size;
  readonly settled: Size;
  /** In the span that gained less. */
  readonly grown: Size;
}

/** A window lets go of as much as it takes in, also when the last reading finds it amid its work. */
function leastOfKept({ row, first, settled, grown }: TypeSizes): Size {
  return {
    count: row.keptCount > first.count ? Math.min(settled.count, grown.count) : 0,
    sizeBytes: row.keptBytes > first.sizeBytes ? Math.min(settled.sizeBytes, grown.sizeBytes) : 0,
  };
}

function findGrowing(
  comparison: Comparison | null,
  { rounds }: TypesSeen,
  judge: (sizes: TypeSizes) => Size,
): TypeGrowth[] {
  if (!comparison) return [];
  const { early, middle, last, settledBeforeMs, settledOf } = comparison;
  const earlier = [byType(early), byType(middle)] as const;
  const seconds = (last.timeMs - early.timeMs) / 1000;
  const activeMs = (from: TypeReading, to: TypeReading) =>
    activeTimeAt(to.timeMs, rounds) - activeTimeAt(from.timeMs, rounds);
  const spans = [activeMs(early, middle), activeMs(middle, last)] as const;
  if (spans.some((span) => span <= 0)) return [];

  const growing: TypeGrowth[] = [];
  for (const row of last.rows) {
    const before = earlier.map((rows) => rows.get(keyOf(row)) ?? NOTHING);
    const sizes = [...before, row];
    const [first = NOTHING, second = NOTHING] = before;
    const growth = (metric: keyof Size) =>
      steadyGrowth(
        sizes.map((size) => size[metric]),
        spans,
      );
    const grown = { count: growth('count'), sizeBytes: growth('sizeBytes') };
    const settled = settledOf(row, first);
    const counted = judge({ row, first, second, settled, grown });
    const weight = Math.max(counted.count / LEAST_COUNT, counted.sizeBytes / LEAST_BYTES);
    if (weight < LEAST_MENTION) continue;
    const bytesPerSecond = (row.sizeBytes - first.sizeBytes) / seconds;
    const instancesPerSecond = (row.count - first.count) / seconds;
    growing.push({
      kind: row.kind,
      type: row.type,
      growthBytesPerSecond: bytesPerSecond,
      growthInstancesPerSecond: instancesPerSecond,
      settledInstances: settled.count,
      settledFromMs: early.timeMs,
      settledBeforeMs,
      confidence: weight < 1 ? 'low' : classify(bytesPerSecond, row.count - first.count),
    });
  }
  return growing.sort(byGrowth);
}

function byGrowth(a: TypeGrowth, b: TypeGrowth): number {
  return b.growthBytesPerSecond - a.growthBytesPerSecond || compareText(keyOf(a), keyOf(b));
}

/** The article's thresholds, as the scale's ground: never the whole verdict. */
function classify(bytesPerSecond: number, instances: number): Confidence {
  return bytesPerSecond > 0.1 * 2 ** 20 && instances > 1000 ? 'high' : 'medium';
}

type Size = Pick<TypeCount, 'count' | 'sizeBytes'>;
const NOTHING: Size = { count: 0, sizeBytes: 0 };

/** What was gained in the span that gained less, in the time of the first; 0 where a span lost, or growth is ending. */
function steadyGrowth(
  [first = 0, second = 0, third = 0]: readonly number[],
  spans: readonly [number, number],
): number {
  const before = second - first;
  const after = ((third - second) * spans[0]) / spans[1];
  return before > 0 && after >= before * LEAST_STEADINESS ? Math.min(before, after) : 0;
}

function byType({ rows }: TypeReading): Map<string, TypeCount> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function keyOf({ kind, type }: Pick<TypeCount, 'kind' | 'type'>): string {
  return `${kind}:${type}`;
}
