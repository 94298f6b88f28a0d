import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemorySeries } from '../../src/index.js';
import { rssSample, sampleLists } from './sample-lists.js';

const formats = {
  json: {
    write: (series: MemorySeries) => JSON.stringify(series),
    read: (text: string) => MemorySeries.fromJSON(text),
  },
  csv: {
    write: (series: MemorySeries) => series.toCSV(),
    read: (text: string) => MemorySeries.fromCSV(text),
  },
  binary: {
    write: (series: MemorySeries) => series.toBinary().toString('latin1'),
    read: (text: string) => MemorySeries.fromBinary(Buffer.from(text, 'latin1')),
  },
};

const refusal = expect.objectContaining({ code: 'ERR_MEMX_SERIES_FORMAT', remedy: expect.any(String) });

const metas = fc.record({
  label: fc.option(fc.string({ unit: 'grapheme', minLength: 1 })),
  startedAtEpochMs: fc.double({ min: 0, max: 2e12, noNaN: true }),
  rssHighWaterBytes: fc.option(fc.integer({ min: 0, max: 2 ** 40 })),
});

describe.each(Object.entries(formats))('a series as %s', (_, { write, read }) => {
  it('reads back whole', () => {
    fc.assert(
      fc.property(sampleLists, metas, (samples, meta) => {
        const series = MemorySeries.fromSamples(samples, meta);
        const back = read(write(series));
        expect([...back]).toEqual([...series]);
        expect([back.label, back.startedAtEpochMs, back.rssHighWaterBytes]).toEqual([
          meta.label,
          meta.startedAtEpochMs,
          meta.rssHighWaterBytes,
        ]);
        expect(back.peak).toEqual(series.peak);
      }),
    );
  });

  it('is refused when cut short anywhere', () => {
    const whole = write(
      MemorySeries.fromSamples([rssSample(1, 10), rssSample(2, 20), rssSample(3, 30)], { label: 'l' }),
    );
    const last = whole.trimEnd().length; // only the end of the last line may be missed
    for (let length = 0; length < last; length++) {
      expect(() => read(whole.slice(0, length))).toThrow(refusal);
    }
  });

  it('is refused when it is something else', () => {
    for (const text of ['', '{}', '[1]', 'null', 'a,b\r\n1,2\r\n', '\x7fELF', '{"schema":"memx.series/2"}']) {
      expect(() => read(text)).toThrow(refusal);
    }
  });
});

describe('the JSON', () => {
  const series = MemorySeries.fromSamples([rssSample(10, 100), rssSample(20, 300)], { label: 'import' });

  it('names its schema and has the sums for those who read it without memx', () => {
    expect(JSON.parse(JSON.stringify(series))).toMatchObject({
      schema: 'memx.series/1',
      label: 'import',
      summary: { peak: { rssBytes: 300 }, delta: { rssBytes: 200, heapUsedBytes: null } },
      columns: { timeMs: [10, 20], rssBytes: [100, 300], heapUsedBytes: [null, null] },
    });
  });

  it('is read as text and as an object', () => {
    expect(MemorySeries.fromJSON(series.toJSON()).peak).toEqual(series.peak);
  });

  it.each([
    ['a column that is missing', { columns: {} }],
    ['a column of another length', { columns: { ...series.toJSON().columns, rssBytes: [1] } }],
    ['a text among the numbers', { columns: { ...series.toJSON().columns, rssBytes: [1, 'x'] } }],
    ['time that runs backwards', { columns: { ...series.toJSON().columns, timeMs: [20, 10] } }],
    ['a time that is missing', { columns: { ...series.toJSON().columns, timeMs: [null, 10] } }],
    ['a start that is no number', { startedAtEpochMs: 'yesterday' }],
  ])('is refused with %s', (_, change) => {
    expect(() => MemorySeries.fromJSON({ ...series.toJSON(), ...change })).toThrow(refusal);
  });
});

describe('the CSV', () => {
  it('is one dialect: CRLF, a header, quotes where they are needed, nothing for what was not read', () => {
    const series = MemorySeries.fromSamples(
      [rssSample(10, 100), { ...rssSample(30, 200), heapUsedBytes: 7 }],
      {
        label: 'a "b", c',
        startedAtEpochMs: 1000,
      },
    );
    expect(series.toCSV()).toBe(
      [
        'schema,label,rssHighWaterBytes,sampleCount,epochMs,timeMs,rssBytes,heapUsedBytes,heapTotalBytes,externalBytes,arrayBuffersBytes',
        'memx.series/1,"a ""b"", c",,2,1000,10,100,,,,',
        'memx.series/1,"a ""b"", c",,2,1020,30,200,7,,,',
        '',
      ].join('\r\n'),
    );
  });

  it('is also read with the line ends of other systems', () => {
    const series = MemorySeries.fromSamples([rssSample(1, 2)], { label: 'x' });
    expect(MemorySeries.fromCSV(series.toCSV().replaceAll('\r\n', '\n')).at(0)).toEqual(rssSample(1, 2));
  });

  it('is refused with a field that is no number, and with one too many', () => {
    const csv = MemorySeries.fromSamples([rssSample(1, 2)]).toCSV();
    expect(() => MemorySeries.fromCSV(csv.replace(',2,,,,', ',two,,,,'))).toThrow(refusal);
    expect(() => MemorySeries.fromCSV(csv.replace(',2,,,,', ',2,,,,,'))).toThrow(refusal);
  });
});

describe('the binary form', () => {
  it('leaves out what was never read, and is smaller than the others', () => {
    const series = MemorySeries.fromSamples(
      Array.from({ length: 1000 }, (_, i) => rssSample(i + 0.123, i * 12_345)),
    );
    expect(series.toBinary().length).toBeLessThan(1000 * 16 + 300);
    expect(series.toBinary().length).toBeLessThan(JSON.stringify(series).length);
  });

  it('is read from a view into a larger buffer', () => {
    const bytes = MemorySeries.fromSamples([rssSample(1, 2)]).toBinary();
    const padded = Buffer.concat([Buffer.alloc(3), bytes]);
    expect(MemorySeries.fromBinary(padded.subarray(3)).at(0)).toEqual(rssSample(1, 2));
  });
});
