import { expect, inject, test } from 'vitest';
import { installConsumer, listInstalled, runProgram } from '../src/consumer.js';

const consumer = await installConsumer(inject('workshop'), 'advanced-alone', {
  own: ['@memx/core', '@memx/advanced'],
});

test('advanced needs no layer above it', async () => {
  const installed = await listInstalled(consumer);
  expect(installed.filter((name) => name.includes('memx'))).toEqual(['@memx/advanced', '@memx/core']);
});

test.each(['profile.mjs', 'profile.cjs'])('advanced finds allocations in %s', async (program) => {
  expect(await runProgram(consumer, program)).toContain(true);
});
