import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runVitest } from './run-vitest.js';

test('the example names the test that leaves its messages behind', async () => {
  const { stdout, exitCode } = await runVitest(join(import.meta.dirname, '../../../../apps/examples-vitest'));
  const [dearest, ...others] = stdout.split('\n').filter((line) => line.includes('inbox.test.js > '));
  expect(dearest).toMatch(/^ +\+\d+\.\d MiB .*many addresses can be delivered to$/);
  expect(others.filter((line) => /^ +\+\d+\.\d MiB/.test(line))).toEqual([]);
  expect(exitCode).toBe(0);
});
