import { describe, expect, it } from 'vitest';
import { estimateExternalBytes } from '../../src/counting/estimate-external-bytes.js';

const window = (externalBytes: number, arrayBuffersBytes: number) => ({
  calls: 10,
  youngBytes: 0,
  slackBytes: 0,
  oldBytes: 0,
  collections: 0,
  externalBytes,
  arrayBuffersBytes,
});

describe('estimateExternalBytes', () => {
  it('is not misled by what is freed in either counter', () => {
    const windows = [
      ...Array.from({ length: 7 }, () => window(5000, 5000)),
      window(5000, -90_000),
      window(-120_000, 5000),
      window(-120_000, -7000),
      window(5000, 1200),
    ];
    expect(estimateExternalBytes(windows)).toBe(500);
  });

  it('spreads a slab over the calls that it serves', () => {
    const windows = Array.from({ length: 8 }, (_, index) =>
      index % 4 === 1 ? window(8192, 8192) : window(0, 0),
    );
    expect(estimateExternalBytes(windows)).toBe(204.8);
  });

  it('counts native memory that is no buffer, and nothing where nothing was taken', () => {
    expect(estimateExternalBytes(Array.from({ length: 5 }, () => window(4000, 1000)))).toBe(400);
    expect(estimateExternalBytes([window(0, 0)])).toBe(0);
  });
});
