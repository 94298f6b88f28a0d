import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type MemxVitestOptions, memx, type TestMemory } from '../../src/vitest/index.js';
import { runVitest } from './run-vitest.js';

const suite = join(import.meta.dirname, 'fixtures/suite');

/** Runs the fixture suite under the built plugin. */
function runSuite(options: MemxVitestOptions, ...args: string[]) {
  return runVitest(suite, args, { MEMX_OPTIONS: JSON.stringify(options) });
}

/** What the JSON reporter of Vitest, which knows nothing of memx, says of each test. */
function readMeta(stdout: string): Map<string, TestMemory | undefined> {
  const { testResults } = JSON.parse(stdout);
  const results: { title: string; meta: { memx?: TestMemory } }[] = testResults[0].assertionResults;
  return new Map(results.map(({ title, meta }) => [title, meta.memx]));
}

describe.each(['forks', 'threads'])('with forced collections, in the pool of %s', (pool) => {
  let tests: Map<string, TestMemory | undefined>;
  let stderr: string;
  beforeAll(async () => {
    const run = await runSuite({ forceGc: true, top: 3 }, '--reporter=json', `--pool=${pool}`);
    tests = readMeta(run.stdout);
    stderr = run.stderr;
  });
  const memoryOf = (title: string) => {
    const memory = tests.get(title);
    if (memory === undefined) throw new Error(`no numbers for ${title}`);
    return memory;
  };

  test.each([
    ['keeps a heap array', 8 * 1_000_003],
    ['fails', 8 * 300_007],
    ['count as the test', 16 * 200_003],
    ['makes garbage', 0],
  ])('%s: the heap grows by %d bytes', (title, bytes) => {
    const { heapUsedDeltaBytes, garbageCollected } = memoryOf(title);
    // What Vitest itself and lazily compiled code keep meanwhile.
    expect(Math.abs(heapUsedDeltaBytes - bytes)).toBeLessThan(500_000);
    expect(garbageCollected).toBe(true);
  });

  test('a kept buffer is external memory', () => {
    const { externalDeltaBytes, heapUsedDeltaBytes } = memoryOf('keeps a buffer');
    expect(Math.abs(externalDeltaBytes - 5_000_011)).toBeLessThan(100_000);
    expect(heapUsedDeltaBytes).toBeLessThan(500_000);
  });

  test.runIf(process.platform === 'linux')('a peak is seen, and ends with the test that had it', () => {
    const peakOf = (title: string) => memoryOf(title).rssPeakBytes ?? 0;
    expect(peakOf('peaks') - peakOf('makes garbage')).toBeGreaterThan(40 * 1024 * 1024);
    expect(peakOf('peaks') - peakOf('count as the test')).toBeGreaterThan(40 * 1024 * 1024);
  });

  test('a skipped test has no numbers', () => {
    expect(tests.has('is skipped')).toBe(true);
    expect(tests.get('is skipped')).toBeUndefined();
  });

  test('concurrent tests say how many others ran', () => {
    expect(['a', 'b', 'c', 'fails'].map((title) => memoryOf(title).overlapped)).toEqual([2, 2, 2, 0]);
  });

  test('the summary names the dearest tests, on stderr where stdout is for programs', () => {
    const lines = stderr.split('\n').filter((line) => line.includes('memory.fixture.js > '));
    expect(lines.map((line) => line.split(' > ').at(-1))).toEqual([
      'keeps a heap array',
      'keeps a buffer',
      'count as the test',
    ]);
    expect(stderr).toContain('Memory, the 3 dearest of 9 tests (after forced collections)');
  });
});

test('without forced collections the summary says that garbage is included, on stdout with the rest', async () => {
  const { stdout, stderr, exitCode } = await runSuite({});
  expect(stdout).toContain('Memory, dearest test first (garbage included');
  expect(stdout).toMatch(/memory\.fixture\.js > side by side > a \(with 2 others running\)/);
  expect(stdout).toMatch(/Tests {2}1 failed \| 8 passed \| 1 skipped/);
  expect(stderr).not.toContain('dearest');
  expect(exitCode).toBe(1);
});

test('top: 0 leaves the summary out, and the numbers in', async () => {
  const { stdout, stderr } = await runSuite({ top: 0 }, '--reporter=json');
  expect(stderr).not.toContain('dearest');
  expect(readMeta(stdout).get('peaks')).toMatchObject({ garbageCollected: false, overlapped: 0 });
});

test.each([
  ["Invalid memx option: 'topp'", { topp: 1 }],
  ['Invalid top: -1', { top: -1 }],
  ['Invalid top: 1.5', { top: 1.5 }],
  ["Invalid forceGc: 'yes'", { forceGc: 'yes' }],
])('a wrong option is refused: %s', (message, options) => {
  expect(() => Reflect.apply(memx, undefined, [options])).toThrow(message);
});
