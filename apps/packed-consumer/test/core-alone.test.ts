import { expect, inject, test } from 'vitest';
import { installConsumer, listInstalled, runProgram } from '../src/consumer.js';

const consumer = await installConsumer(inject('workshop'), 'core-alone', { own: ['@memx/core'] });

test('core brings no other package', async () => {
  expect(await listInstalled(consumer)).toEqual(['@memx/core']);
});

test.each(['track.mjs', 'track.cjs'])('core tracks a function in %s', async (program) => {
  expect(await runProgram(consumer, program)).toEqual({ result: 5, samples: expect.any(Number) });
});

test('the ESM and the CommonJS copy of core share one sampling thread', async () => {
  expect(await runProgram(consumer, 'both-copies.cjs')).toEqual({ areTwo: true, threadsStarted: 1 });
});

test('the testing entry gives the same names to ESM and CommonJS', async () => {
  const { imported, required } = (await runProgram(consumer, 'testing-names.mjs')) as Record<
    string,
    string[]
  >;
  expect(imported?.length).toBeGreaterThan(0);
  expect(required).toEqual(imported);
});
