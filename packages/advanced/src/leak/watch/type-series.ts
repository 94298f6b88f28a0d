/** The first reading waits for the warm-up; the last leaves time for one more round, in programs that end by themselves. */
const FIRST_AT = 0.28;
const LAST_AT = 0.85;
/** A watch of so long, or one that ends when it is sure, is also read early, so that a verdict stands soon. */
const LONG_WATCH_MS = 120_000;
const EARLIEST_MS = 10_000;
/** Three readings make a verdict. */
const LEAST_READINGS = 3;
/** Early readings: after 10, 15 and 22 s, or as much later as they can be paid for. */
const TIMES_LATER = 1.5;
/**
 * Between the first and the last reading of a series V8 follows each object that a collection moves, to know its id again. That
 * slows a program that allocates much by 10 to 50 % (Node 20), so that in a long watch it may take no longer than it must for a slow
 * leak to show: 100 KiB in two minutes are 3 MiB an hour, and slower ones show in longer watches.
 */
const MOST_GAP_MS = 120_000;
const MOST_GAP_SHARE = 1 / 30;
/** Later early series are for leaks that began later. */
const PAUSE_BETWEEN_SERIES = 4;

/**
 * Single readings of a long watch, to compare the last series with: they show what grows too slowly for a series. The first one
 * waits for the warm-up.
 */
const LANDMARKS_AT = [FIRST_AT, FIRST_AT * 2] as const;

/** Moments at which live objects are counted by type, that belong together: V8 knows the objects of one in the next. */
export interface TypeSeries {
  readonly atMs: readonly number[];
  /** So many of the first may be left out where they are too dear, without a word. */
  readonly early: number;
}

export interface TypeSeriesOptions {
  readonly durationMs: number;
  readonly typeReadings: number;
  readonly untilSure?: boolean;
}

/** Those that any watch ends with. One that ends when it is sure is always in the midst of its only series. */
export function lastSeries({ durationMs, typeReadings, untilSure = false }: TypeSeriesOptions): TypeSeries {
  const last = durationMs * LAST_AT;
  const share = (last - durationMs * FIRST_AT) / Math.max(1, typeReadings - 1);
  const gap = durationMs >= LONG_WATCH_MS && !untilSure ? Math.min(mostGapMs(durationMs), share) : share;
  const atMs = Array.from({ length: typeReadings }, (_, index) =>
    typeReadings === 1 ? durationMs * FIRST_AT : last - gap * (typeReadings - 1 - index),
  );
  if (!untilSure || typeReadings < LEAST_READINGS) return { atMs, early: 0 };
  const early: number[] = [];
  for (let at = EARLIEST_MS; at < durationMs * FIRST_AT * 0.8; at *= TIMES_LATER) early.push(at);
  return { atMs: [...early, ...atMs], early: early.length };
}

/** The series of a long watch that comes first, before the last one; null where there is no time for one. */
export function earlySeries(options: TypeSeriesOptions, fromMs = EARLIEST_MS): TypeSeries | null {
  const { durationMs, typeReadings, untilSure = false } = options;
  if (durationMs < LONG_WATCH_MS || untilSure || typeReadings < LEAST_READINGS) return null;
  const start = Math.max(EARLIEST_MS, fromMs);
  const gap = (at: number) => Math.min(mostGapMs(durationMs), at * (TIMES_LATER - 1));
  const second = start + gap(start);
  const third = second + gap(second);
  const [lastStart = 0] = lastSeries(options).atMs;
  return third < lastStart * 0.8 ? { atMs: [start, second, third], early: LEAST_READINGS } : null;
}

/** The one after an early series that ended then, or after what came later: an early one, a landmark, or the last. */
export function seriesAfter(
  options: TypeSeriesOptions,
  endedAtMs: number,
  elapsedMs = endedAtMs,
): TypeSeries {
  const early = earlySeries(options, Math.max(endedAtMs * PAUSE_BETWEEN_SERIES, elapsedMs));
  const next = early ?? lastSeries(options);
  const landmarkMs = LANDMARKS_AT.map((share) => options.durationMs * share).find((atMs) => atMs > elapsedMs);
  const isInTime = landmarkMs !== undefined && landmarkMs < (next.atMs[0] ?? 0);
  return isInTime ? { atMs: [landmarkMs], early: 1 } : next;
}

export interface TooDear {
  readonly elapsedMs: number;
  readonly readingMs: number;
  readonly spentMs: number;
  readonly budget: number;
}

/** The early series that begins when three readings of this cost have been earned, and some time later at least; or the last one. */
export function affordableSeries(
  options: TypeSeriesOptions,
  { elapsedMs, readingMs, spentMs, budget }: TooDear,
): TypeSeries {
  const earnedAtMs = (LEAST_READINGS * readingMs + spentMs) / budget;
  const fromMs = Math.max(earnedAtMs / TIMES_LATER ** 2, elapsedMs * TIMES_LATER);
  return earlySeries(options, fromMs) ?? lastSeries(options);
}

function mostGapMs(durationMs: number): number {
  return Math.max(MOST_GAP_MS, durationMs * MOST_GAP_SHARE);
}
