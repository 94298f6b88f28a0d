import { expect, test } from 'vitest';
import { startPeakRss } from '../../src/vitest/peak-rss.js';

const SIZE = 64 * 1024 * 1024;

test.runIf(process.platform === 'linux')('a new record forgets the peak of the one before', () => {
  const readFirst = startPeakRss();
  let touched: Buffer | null = Buffer.alloc(SIZE, 1);
  const first = readFirst() ?? 0;
  expect(touched).toHaveLength(SIZE);
  touched = null;
  globalThis.gc?.();
  const readSecond = startPeakRss();
  const now = process.memoryUsage.rss();
  const second = readSecond() ?? 0;
  expect(first).toBeGreaterThanOrEqual(SIZE);
  expect(Math.abs(second - now)).toBeLessThan(SIZE / 4);
});
