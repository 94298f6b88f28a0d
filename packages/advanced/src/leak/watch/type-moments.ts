/** The first reading waits for the warm-up; the last leaves time for one more round, in programs that end by themselves. */
const FIRST_AT = 0.28;
const LAST_AT = 0.85;
/** A watch of so long, or one that ends when it is sure, is also read early, and again whenever twice the time has gone by, so that a verdict stands soon. */
const LONG_WATCH_MS = 120_000;
const EARLIEST_MS = 10_000;
const LEAST_READINGS = 3;
/** Three readings make a verdict; one that is waited for comes after 10, 15 and 22 s. */
const TIMES_LATER = 2;
const TIMES_LATER_UNTIL_SURE = 1.5;

/** When the live objects are counted by type: `typeReadings` times, and before that as often as a long watch doubles. */
export function typeMoments({
  durationMs,
  typeReadings,
  untilSure = false,
}: {
  readonly durationMs: number;
  readonly typeReadings: number;
  readonly untilSure?: boolean;
}): number[] {
  const gap = (LAST_AT - FIRST_AT) / Math.max(1, typeReadings - 1);
  const moments = Array.from({ length: typeReadings }, (_, index) => durationMs * (FIRST_AT + gap * index));
  if ((durationMs < LONG_WATCH_MS && !untilSure) || typeReadings < LEAST_READINGS) return moments;
  const early: number[] = [];
  const timesLater = untilSure ? TIMES_LATER_UNTIL_SURE : TIMES_LATER;
  for (let at = EARLIEST_MS; at < durationMs * FIRST_AT * 0.8; at *= timesLater) early.push(at);
  return [...early, ...moments];
}
