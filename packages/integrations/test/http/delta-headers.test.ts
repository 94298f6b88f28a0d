import { describe, expect, test } from 'vitest';
import { toDeltaHeaders } from '../../src/http/delta-headers.js';

const MB = 1024 * 1024;
const headersOf = (deltaBytes: number, overlapped = 0) =>
  toDeltaHeaders({ deltaBytes, overlapped, durationMs: 1 });

describe('the headers of a delta', () => {
  test.each([
    [0, '0.00'],
    [MB, '1.00'],
    [-3 * MB, '-3.00'],
    [1.234 * MB, '1.23'],
    [1000 * 1000, '0.95'],
    [0.006 * MB, '0.01'],
    [-0.006 * MB, '-0.01'],
    [2500 * MB, '2500.00'],
  ])('%d bytes are written as %s', (bytes, text) => {
    expect(headersOf(bytes)['X-Memory-Delta-MB']).toBe(text);
  });

  test.each([-0, -1, -4096, -0.0049 * MB])('%d bytes, which round to nothing, have no sign', (bytes) => {
    expect(headersOf(bytes)['X-Memory-Delta-MB']).toBe('0.00');
  });

  test('the number of overlapping requests is told beside it', () => {
    expect(headersOf(0, 13)['X-Memory-Concurrent-Requests']).toBe('13');
  });
});
