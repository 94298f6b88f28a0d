import { expect, test } from 'vitest';
import { openCollector } from '../../src/vitest/collector.js';

test('one call collects what is unreachable, and takes its buffers off the account', async () => {
  const collect = openCollector();
  collect();
  const before = process.memoryUsage();
  const dead = new WeakRef(allocate(32 * 1024 * 1024));
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  expect(dead.deref()).toBeUndefined();
  expect(process.memoryUsage().external - before.external).toBeLessThan(1024 * 1024);
});

function allocate(bytes: number): Buffer {
  return Buffer.alloc(bytes, 1);
}
