import { wilsonInterval } from './wilson.mjs';

const CALLS = ['high', 'medium', 'low', 'nothing'];

/**
 * Of the programs that were called so, how many leak. A program counts by its surest suspect.
 *
 * @param {readonly import('./summarize.mjs').Score[]} scores
 */
export function calibrate(scores) {
  return CALLS.map((call) => {
    const called = scores.filter((score) => callOf(score) === call);
    const leaks = called.filter(({ kind }) => kind === 'leak').length;
    return { call, programs: called.length, leaks, ...wilsonInterval(leaks, called.length) };
  });
}

const callOf = ({ confidence, outcome }) =>
  outcome === 'no result' ? 'no result' : (confidence ?? 'nothing');

/** @param {ReturnType<typeof calibrate>} rows */
export function renderCalibration(rows) {
  const percent = (share) => `${(100 * share).toFixed(1)} %`;
  return [
    '| called | programs | leaks | share | 95 % interval (Wilson) |',
    '|---|---:|---:|---:|---:|',
    ...rows.map(({ call, programs, leaks, low, high }) =>
      programs === 0
        ? `| ${call} | 0 | 0 | – | – |`
        : `| ${call} | ${programs} | ${leaks} | ${percent(leaks / programs)} | ${percent(low)} – ${percent(high)} |`,
    ),
  ].join('\n');
}
