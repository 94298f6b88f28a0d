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
 * Which types grow, from three readings: of a leaking type, objects that were born between the first and the second
 * are alive in the third, and the type as a whole grew in both spans, by about as many and at about the same pace.
 * Settled objects alone would accuse a window that slides more slowly than the readings come, growth alone a table
 * that is being filled. So the weight of a type is the least of the three; and it has none where fewer are left of what
 * the second reading knew than there were at the first. The pace is that of the time in which the program could work: a
 * reading may stop it for as long as the program needs to leak as much again.
 */
export function judgeTypes(seen: TypesSeen): TypeGrowth[] {
  return findGrowing(seen, ({ row, first, grown }) => ({
    // A window lets go of as much as it takes in, also when the last reading finds it amid its work.
    count: row.keptCount > first.count ? Math.min(row.settledCount, grown.count) : 0,
    sizeBytes: row.keptBytes > first.sizeBytes ? Math.min(row.settledBytes, grown.sizeBytes) : 0,
  }));
}

/** The types that grow in the same way, whether or not their objects stay. */
export function listGrowingTypes(seen: TypesSeen): TypeGrowth[] {
  return findGrowing(seen, ({ grown }) => grown);
}

type TypesSeen = Pick<ThreadEvidence, 'types' | 'rounds'>;

interface TypeSizes {
  readonly row: TypeCount;
  readonly first: Size;
  /** In the span that gained less. */
  readonly grown: Size;
}

function findGrowing({ types, rounds }: TypesSeen, judge: (sizes: TypeSizes) => Size): TypeGrowth[] {
  const [early, middle, third] = types.slice(-3);
  if (!early || !middle || !third) return [];
  const earlier = [byType(early), byType(middle)] as const;
  const seconds = (third.timeMs - early.timeMs) / 1000;
  const activeMs = (from: TypeReading, to: TypeReading) =>
    activeTimeAt(to.timeMs, rounds) - activeTimeAt(from.timeMs, rounds);
  const spans = [activeMs(early, middle), activeMs(middle, third)] as const;
  if (spans.some((span) => span <= 0)) return [];

  const growing: TypeGrowth[] = [];
  for (const row of third.rows) {
    const before = earlier.map((rows) => rows.get(keyOf(row)) ?? NOTHING);
    const sizes = [...before, row];
    const first = before[0] ?? NOTHING;
    const growth = (metric: keyof Size) =>
      steadyGrowth(
        sizes.map((size) => size[metric]),
        spans,
      );
    const counted = judge({ row, first, grown: { count: growth('count'), sizeBytes: growth('sizeBytes') } });
    const weight = Math.max(counted.count / LEAST_COUNT, counted.sizeBytes / LEAST_BYTES);
    if (weight < LEAST_MENTION) continue;
    const bytesPerSecond = (row.sizeBytes - first.sizeBytes) / seconds;
    const instancesPerSecond = (row.count - first.count) / seconds;
    growing.push({
      kind: row.kind,
      type: row.type,
      growthBytesPerSecond: bytesPerSecond,
      growthInstancesPerSecond: instancesPerSecond,
      settledInstances: row.settledCount,
      confidence: weight < 1 ? 'low' : classify(bytesPerSecond, row.count - first.count),
    });
  }
  return growing.sort(
    (a, b) => b.growthBytesPerSecond - a.growthBytesPerSecond || compareText(keyOf(a), keyOf(b)),
  );
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
