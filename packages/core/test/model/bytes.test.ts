import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBytes, parseBytes } from '../../src/model/bytes.js';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [17, '17 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1536 * 1024, '1.5 MiB'],
    [-3 * 1024, '-3.0 KiB'],
    [5 * 1024 ** 3, '5.0 GiB'],
    [1024 ** 6, '1024.0 PiB'],
    [Number.NaN, 'n/a'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('goes to the next unit instead of writing 1024 of one', () => {
    expect(formatBytes(1024 * 1024 - 1)).toBe('1.0 MiB');
    expect(formatBytes(1023.7)).toBe('1.0 KiB');
  });

  it('writes a sign where a difference is meant, but none for nothing', () => {
    expect(formatBytes(2048, { signed: true })).toBe('+2.0 KiB');
    expect(formatBytes(-2048, { signed: true })).toBe('-2.0 KiB');
    expect(formatBytes(-0.2, { signed: true })).toBe('0 B');
  });

  it('writes as many digits as wanted', () => {
    expect(formatBytes(1300, { digits: 3 })).toBe('1.270 KiB');
  });
});

describe('parseBytes', () => {
  it.each([
    ['100', 100],
    ['1.5 MiB', 1536 * 1024],
    ['512k', 512 * 1024],
    ['64MB', 64 * 1024 * 1024],
    ['2gib', 2 * 1024 ** 3],
    [' .5 K ', 512],
    ['-1 KiB', -1024],
    ['7 B', 7],
  ])('reads %s', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it.each(['', 'MiB', '1 XB', '1 i', '1.2.3k', '1 000', 'NaN'])('refuses %j', (text) => {
    expect(() => parseBytes(text)).toThrow(expect.objectContaining({ code: 'ERR_MEMX_INVALID_OPTION' }));
  });

  it('reads back what formatBytes wrote, as far as its digits go', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 52 }), (bytes) => {
        expect(Math.abs(parseBytes(formatBytes(bytes, { digits: 9 })) - bytes)).toBeLessThanOrEqual(
          1 + bytes * 1e-9,
        );
      }),
    );
  });
});
