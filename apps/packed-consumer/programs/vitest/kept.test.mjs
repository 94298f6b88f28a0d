import { expect, test } from 'vitest';

const kept = [];

test('keeps 8 MiB', () => {
  kept.push(new Uint8Array(8 * 1024 * 1024).fill(1));
  expect(kept).toHaveLength(1);
});
