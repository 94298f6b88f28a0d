import { expect, test } from 'vitest';
import { renderMemoryTable } from '../../src/vitest/memory-table.js';
import { measured } from './measured-test.js';

test('it is a table with aligned numbers, and says what they hold', () => {
  const tests = [
    measured('a.test.ts > keeps', 7 * 1024 * 1024, 17),
    measured('a.test.ts > runs beside', -13 * 1024, 0, { overlapped: 1, rssPeakBytes: null }),
  ];
  expect(renderMemoryTable(tests, 5)).toBe(
    [
      '',
      ' Memory, the 2 dearest of 5 tests (garbage included; forceGc leaves it out)',
      '      heap  external       rss   peak rss  test',
      '  +7.0 MiB     +17 B  +3.0 KiB  100.0 MiB  a.test.ts > keeps',
      ' -13.0 KiB       0 B  +3.0 KiB        n/a  a.test.ts > runs beside (with 1 other running)',
      '',
    ].join('\n'),
  );
});

test('it says so when no garbage is in the numbers, and when no test is left out', () => {
  const table = renderMemoryTable([measured('only', 1, 1, { garbageCollected: true })], 1);
  expect(table).toContain('Memory, dearest test first (after forced collections)');
});
