import { expect, inject, test } from 'vitest';
import { installConsumer, npm } from '../src/consumer.js';

const workshop = inject('workshop');
const consumer = await installConsumer(workshop, 'with-bin', {
  own: workshop.tarballs.map(({ name }) => name),
});

test.each(['--version', 'version'])('npx memx %s prints the version', async (word) => {
  const { version } = workshop.tarballs.find(({ name }) => name === 'memx') ?? {};
  expect(await npm('npx', ['--no-install', 'memx', word], consumer.folder)).toBe(`${version}\n`);
});
