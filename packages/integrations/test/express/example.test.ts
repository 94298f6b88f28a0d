import { expect, test } from 'vitest';
import { runExample } from '../http/example-server.js';

test('the example answers with the header while its load runs, and ends cleanly on SIGTERM', async () => {
  const { answers, exitCode, stderr } = await runExample('examples-express', '/');
  for (const { status, headers } of answers) {
    expect(status).toBe(200);
    expect(headers['x-memory-delta-mb']).toMatch(/^-?\d+\.\d\d$/);
    expect(headers['x-memory-concurrent-requests']).toMatch(/^\d+$/);
  }
  expect([exitCode, stderr]).toEqual([0, '']);
});
