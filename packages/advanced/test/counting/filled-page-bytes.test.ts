import { describe, expect, it } from 'vitest';
import { filledPageBytes } from '../../src/counting/filled-page-bytes.js';

const PAGE_BYTES = 257_688;

/** Calls that allocate so many bytes each, where only full pages show. */
function windowsOf(bytesPerCall: number, { windows = 200, calls = 419 } = {}) {
  let filled = 0.3 * PAGE_BYTES;
  return Array.from({ length: windows }, () => {
    const before = Math.floor(filled / PAGE_BYTES);
    filled += bytesPerCall * calls;
    return { bytes: (Math.floor(filled / PAGE_BYTES) - before) * PAGE_BYTES, calls };
  });
}

describe('filledPageBytes', () => {
  it.each([40, 72, 80, 160])('finds %i bytes a call in full pages, within what it says', (bytes) => {
    const { bytesPerCall, uncertaintyBytes } = filledPageBytes(windowsOf(bytes));
    expect(Math.abs(bytesPerCall - bytes)).toBeLessThanOrEqual(uncertaintyBytes);
    expect(uncertaintyBytes).toBeLessThan(0.05 * bytes);
  });

  it('finds them among gaps between older objects, and where a collection hid a page', () => {
    const pages = windowsOf(72);
    const gaps = [99_112, 68_440, 209_040];
    const windows = pages.flatMap((window, index) => {
      const gap = index % 60 === 59 ? gaps[(index - 59) / 60] : undefined;
      // A gap is used for so many calls before the page goes on.
      return gap ? [{ bytes: gap, calls: 419 }, { bytes: 0, calls: gap / 72 - 419 }, window] : [window];
    });
    const hidden = windows.findLastIndex(({ bytes }) => bytes === PAGE_BYTES);
    const { bytesPerCall } = filledPageBytes(windows.with(hidden, { bytes: 0, calls: 419 }));
    expect(Math.abs(bytesPerCall / 72 - 1)).toBeLessThan(0.1);
  });

  it('finds nothing in what comes once, in small pieces, or in pages that stop', () => {
    const quiet = Array.from({ length: 100 }, () => ({ bytes: 0, calls: 419 }));
    const once = quiet.with(7, { bytes: 3 * PAGE_BYTES, calls: 419 });
    const code = quiet.map((window, index) => (index % 9 === 0 ? { ...window, bytes: 30_000 } : window));
    const atEnds = quiet.map((window, index) => ({
      ...window,
      bytes: index < 3 || index > 97 ? PAGE_BYTES : 0,
    }));
    for (const windows of [[], quiet, once, code, atEnds])
      expect(filledPageBytes(windows)).toEqual({ bytesPerCall: 0, uncertaintyBytes: 0 });
  });
});
