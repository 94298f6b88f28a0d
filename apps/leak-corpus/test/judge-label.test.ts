import { describe, expect, it } from 'vitest';
import { judgeLabel } from '../src/labels/judge-label.mjs';

const SECONDS = 12;
const leak = { kind: 'leak', judgedOn: 'heap', oscillates: false, boundKibPerSecond: null };
const healthy = { ...leak, kind: 'healthy' };

/** Readings every quarter of a second, as the probe writes them. */
function measured(heapKibAt: (seconds: number) => number, more: object = {}) {
  const readings = [];
  for (let seconds = 0.25; seconds <= SECONDS; seconds += 0.25) {
    const heapUsed = 5_000_000 + 1024 * heapKibAt(seconds);
    readings.push({ threadId: 0, seconds, heapUsed, external: 1_000_003, rss: 50_000_017 });
  }
  return { exitCode: 0, operations: 1009, output: '', readings, ...more };
}
const judge = (label: typeof leak, ...of: Parameters<typeof measured>) =>
  judgeLabel(label, measured(...of), { seconds: SECONDS });

describe('judgeLabel', () => {
  it('believes a leak that grows steadily, and says by how much', () => {
    const { isTrue, kibPerSecond } = judge(leak, (seconds) => 37 * seconds);
    expect(isTrue).toBe(true);
    expect(kibPerSecond).toBeCloseTo(37, 6);
  });

  it('does not believe a leak that is over at two thirds of the run', () => {
    expect(judge(leak, (seconds) => 37 * Math.min(seconds, 8)).isTrue).toBe(false);
  });

  it('does not believe a leak that hardly grows', () => {
    expect(judge(leak, (seconds) => 3 * seconds).isTrue).toBe(false);
  });

  it('believes a healthy program that fills for 60 % of the run', () => {
    expect(judge(healthy, (seconds) => 211 * Math.min(seconds, 0.6 * SECONDS)).isTrue).toBe(true);
  });

  it('does not believe a healthy program that fills until the end', () => {
    expect(judge(healthy, (seconds) => 23 * seconds).isTrue).toBe(false);
  });

  it('believes a sawtooth, and not a sawtooth whose floor rises', () => {
    const tooth = (seconds: number) => 307 * (seconds % 1.7);
    const swinging = { ...healthy, oscillates: true };
    expect(judge(swinging, tooth).isTrue).toBe(true);
    expect(judge(swinging, (seconds) => tooth(seconds) + 71 * seconds).isTrue).toBe(false);
  });

  it('sums the threads that are alive where a label is judged on workers', () => {
    const base = measured(() => 0);
    const thread = (threadId: number, until: number, kibPerSecond: number) =>
      base.readings
        .filter(({ seconds }) => seconds <= until)
        .map(({ seconds, ...rest }) => ({
          ...rest,
          threadId,
          seconds,
          heapUsed: 1024 * kibPerSecond * seconds,
        }));
    const onWorkers = { ...leak, judgedOn: 'worker' };
    const growing = {
      ...base,
      readings: [...base.readings, ...thread(1, SECONDS, 41), ...thread(2, SECONDS, 13)],
    };
    expect(judgeLabel(onWorkers, growing, { seconds: SECONDS }).kibPerSecond).toBeCloseTo(54, 0);
    const ended = { ...base, readings: [...base.readings, ...thread(1, 3, 41)] };
    expect(judgeLabel(onWorkers, ended, { seconds: SECONDS }).isTrue).toBe(false);
  });

  it('does not believe a program that fails, or does not say how much it did', () => {
    expect(judge(healthy, () => 0, { exitCode: 1 }).problems).toEqual(['exit code 1']);
    expect(judge(healthy, () => 0, { operations: null }).problems).toEqual(['printed no ops=N']);
  });
});
