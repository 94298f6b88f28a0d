import { memoryOverTime, slopeOf } from './memory-over-time.mjs';

const KIB = 1024;
/** A leak has to grow by this in the second half. Code and feedback vectors alone give up to 5 KiB/s in the first 10 s. */
const LEAST_LEAK_KIB_PER_SECOND = 10;
/** What a healthy program may still grow by in its last third, unless its case.json states a bound of its own. */
const HEALTHY_BOUND_KIB_PER_SECOND = { heap: 8, external: 8, worker: 16, rss: 128 };
/** Start-up: module loading and first compilation. */
const WARM_UP_SECONDS = 1;
/** Peaks of a sawtooth are read at chance moments: this share of its height does not count as growth. */
const PEAK_TOLERANCE = 0.2;

/**
 * Whether a label is true: a leak grows in every quarter of the second half, a healthy program does not grow in its
 * last third (one that swings: neither its peaks nor its floor).
 *
 * @param {{ kind: string, judgedOn: string, oscillates: boolean, boundKibPerSecond: number | null }} label
 * @param {Awaited<ReturnType<typeof import('./measure-program.mjs').measureProgram>>} measured
 * @param {{ seconds: number }} run
 */
export function judgeLabel(label, measured, { seconds }) {
  const points = memoryOverTime(measured.readings).filter(
    (point) => point.seconds >= WARM_UP_SECONDS && point.seconds <= seconds,
  );
  const common = { exitCode: measured.exitCode, operations: measured.operations, readings: points.length };
  const problems = [];
  if (measured.exitCode !== 0) problems.push(`exit code ${measured.exitCode}`);
  if (measured.operations === null) problems.push('printed no ops=N');
  if (points.length < 20) {
    return {
      ...common,
      isTrue: false,
      problems: [...problems, `only ${points.length} readings`],
      growth: null,
    };
  }
  const growth =
    label.kind === 'leak' ? judgeLeak(label, points, seconds) : judgeHealthy(label, points, seconds);
  problems.push(...growth.problems);
  const bytesPerOp = measured.operations > 0 ? (growth.bytesPerSecond * seconds) / measured.operations : null;
  return {
    ...common,
    isTrue: problems.length === 0,
    problems,
    kibPerSecond: growth.bytesPerSecond / KIB,
    bytesPerOp,
    startKib: accountOf(points[0], label.judgedOn) / KIB,
    endKib: accountOf(points.at(-1), label.judgedOn) / KIB,
  };
}

function judgeLeak({ judgedOn }, points, seconds) {
  const half = seriesOf(points, judgedOn).filter((point) => point.seconds >= seconds / 2);
  const bytesPerSecond = slopeOf(half);
  const problems = [];
  if (!(bytesPerSecond >= LEAST_LEAK_KIB_PER_SECOND * KIB)) {
    problems.push(
      `grows by ${(bytesPerSecond / KIB).toFixed(1)} KiB/s, less than ${LEAST_LEAK_KIB_PER_SECOND}`,
    );
  }
  const means = splitInto(half, judgedOn === 'rss' ? 2 : 4).map(meanBytes);
  if (means.some((mean, i) => i > 0 && mean <= means[i - 1])) {
    problems.push(`not in every part: ${means.map((mean) => Math.round(mean / KIB)).join(', ')} KiB`);
  }
  return { bytesPerSecond, problems };
}

function judgeHealthy({ judgedOn, oscillates, boundKibPerSecond }, points, seconds) {
  const accounts = new Set(['heap', 'external', judgedOn]);
  const problems = [];
  let bytesPerSecond = 0;
  for (const account of accounts) {
    const series = seriesOf(points, account);
    const grown = oscillates ? growthOfEnvelope(series, seconds) : growthOfLastThird(series, seconds);
    const usual = HEALTHY_BOUND_KIB_PER_SECOND[account];
    const bound = account === judgedOn ? (boundKibPerSecond ?? usual) : usual;
    if (!(grown <= bound * KIB)) {
      problems.push(
        `${account} grows by ${(grown / KIB).toFixed(1)} KiB/s in the last third, more than ${bound}`,
      );
    }
    if (account === judgedOn) bytesPerSecond = grown;
  }
  return { bytesPerSecond, problems };
}

const growthOfLastThird = (series, seconds) =>
  slopeOf(series.filter((point) => point.seconds >= (seconds * 2) / 3));

function growthOfEnvelope(series, seconds) {
  const third = seconds / 3;
  const [before, after] = [
    series.filter((point) => point.seconds >= third && point.seconds < 2 * third),
    series.filter((point) => point.seconds >= 2 * third),
  ].map((part) => part.map(({ bytes }) => bytes));
  const height = Math.max(...before) - Math.min(...before);
  const peaks = Math.max(0, Math.max(...after) - Math.max(...before) - PEAK_TOLERANCE * height);
  const floor = Math.max(0, Math.min(...after) - Math.min(...before) - PEAK_TOLERANCE * height);
  return Math.max(peaks, floor) / third;
}

const accountOf = (point, account) => point[account];
const seriesOf = (points, account) =>
  points.map((point) => ({ seconds: point.seconds, bytes: accountOf(point, account) }));
const meanBytes = (part) => part.reduce((sum, { bytes }) => sum + bytes, 0) / part.length;

function splitInto(series, parts) {
  return Array.from({ length: parts }, (_, i) =>
    series.slice(Math.floor((i * series.length) / parts), Math.floor(((i + 1) * series.length) / parts)),
  );
}
