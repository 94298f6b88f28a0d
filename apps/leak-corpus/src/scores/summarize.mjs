/** @typedef {ReturnType<import('./score-check.mjs').scoreCheck>} Score */

/** A leak of so many bytes a second is a fast one. */
const FAST_BYTES_PER_SECOND = 100_000;

/** What is counted of the leaks that were found. */
const RIGHT = [
  'siteRight',
  'ownLine',
  'ownFunction',
  'typeRight',
  'specificTypeRight',
  'pathGiven',
  'pathRight',
];

/**
 * @param {readonly Score[]} scores
 */
export function summarize(scores) {
  const found = scores.filter(({ kind, reported }) => kind === 'leak' && reported);
  const missed = scores.filter(({ kind, reported }) => kind === 'leak' && !reported);
  const healthy = scores.filter(({ kind }) => kind === 'healthy');
  const falseAlarms = healthy.filter(({ reported }) => reported).length;
  return {
    leaks: found.length + missed.length,
    healthy: healthy.length,
    found: found.length,
    missed: missed.length,
    falseAlarms,
    precision: share(found.length, found.length + falseAlarms),
    recall: share(found.length, found.length + missed.length),
    ...Object.fromEntries(
      RIGHT.map((key) => [key, share(found.filter((score) => score[key]).length, found.length)]),
    ),
    detectedAtMs: median(found.map(({ detectedAtMs }) => detectedAtMs)),
    fastDetectedAtMs: median(found.filter(isFast).map(({ detectedAtMs }) => detectedAtMs)),
    fast: found.filter(isFast).length,
    pausesMs: median(scores.map(({ pausesMs }) => pausesMs)),
    longestPauseMs: maximum(scores.map(({ longestPauseMs }) => longestPauseMs)),
  };
}

/** The scores of each value of a field, in the order of their first appearance. */
export function groupBy(scores, fieldOf) {
  const groups = new Map();
  for (const score of scores) {
    const key = fieldOf(score);
    groups.set(key, [...(groups.get(key) ?? []), score]);
  }
  return groups;
}

const isFast = ({ growthBytesPerSecond }) => growthBytesPerSecond >= FAST_BYTES_PER_SECOND;
const share = (part, whole) => (whole === 0 ? null : part / whole);
const numbers = (values) => values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
const median = (values) => numbers(values)[numbers(values).length >> 1] ?? null;
const maximum = (values) => numbers(values).at(-1) ?? null;
