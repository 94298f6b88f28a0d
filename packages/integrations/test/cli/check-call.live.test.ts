import { describe, expect, it } from 'vitest';
import { memxCommand } from './memx-command.js';

async function checkCall(call: string, ...more: string[]) {
  const ended = await memxCommand(['check', 'rates.mjs', '--call', call, '-d', '10', '--json', ...more]);
  return { ...ended, document: JSON.parse(ended.stdout) };
}

describe('memx check --call', { timeout: 120_000 }, () => {
  it('finds what a function keeps, with its growth per call', async () => {
    const { document, exitCode } = await checkCall('keepQuote({ id: i })');
    expect(document).toMatchObject({ outcome: 'leak', work: { unit: 'call', failed: 0 } });
    const [suspect] = document.suspects;
    expect(suspect.type).toBe('Quote');
    expect(suspect.sites[0]).toMatchObject({ line: 5, functionName: 'Quote' });
    // 53 numbers in an array in a Quote in a Map.
    expect(suspect.growthBytesPerCall).toBeGreaterThan(53 * 8 * 0.7);
    expect(suspect.growthBytesPerCall).toBeLessThan((53 * 8 + 350) * 1.4);
    expect(exitCode).toBe(1);
  });

  it('makes as many calls as were asked for, spread over the time, and accuses nobody', async () => {
    const { document, exitCode } = await checkCall('makeQuote(i)', '--rounds', '211');
    expect(document.outcome).not.toBe('leak');
    expect(document.work.done).toBeGreaterThan(200);
    expect(document.work.done).toBeLessThanOrEqual(211);
    expect(exitCode).toBe(0);
  });

  it('shows the error of a call that fails, and how many had succeeded', async () => {
    const { document, exitCode, stderr } = await checkCall('default()');
    expect(document.error.message).toBe(
      'The call failed after 12 calls had succeeded: RangeError: nothing is left.',
    );
    expect(document.work.done).toBe(12);
    expect(stderr).toMatch(/RangeError: nothing is left\n( +at .*\n)* +at .*spend .*rates\.mjs:18/);
    expect(exitCode).toBe(3);
  });

  it('says what the module exports when it is not that', async () => {
    const { document, exitCode } = await checkCall('keepQuotes()');
    expect(document.error.message).toMatch(
      /exports no function keepQuotes: it exports default, keepQuote, makeQuote/,
    );
    expect(exitCode).toBe(3);
  });
});

describe('memx check --call used wrongly', () => {
  it.each([
    [['--call', 'load'], /Give an exported function/],
    [['--call', 'load()', '--load', '/'], /cannot be used with option '--load/],
    [['--rounds', '3'], /'--rounds' needs '--call'/],
    [['--call', 'load()', '--rounds', '0'], /Give a whole number of calls/],
  ])('%j says what was wrong and exits with 2', async (args, message) => {
    const { stderr, exitCode } = await memxCommand(['check', 'rates.mjs', ...args]);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});
