import { describe, expect, it } from 'vitest';
import type { RoundReading, TypeReading } from '../../../src/leak/evidence.js';
import { judgeSlowTypes, judgeTypes as judgeTypesOf } from '../../../src/leak/judge/judge-types.js';

const SIZE = 48;

const READING: RoundReading = {
  timeMs: 0,
  activeMs: 0,
  rssBytes: 0,
  heapUsedBytes: 0,
  heapFreeBytes: 0,
  externalBytes: 0,
  arrayBuffersBytes: 0,
  wasmBytes: 0,
  resources: {},
};

const judgeTypes = (types: readonly TypeReading[]) => judgeTypesOf({ types, landmarks: [], rounds: [] });

/**
 * Three readings, 5 s apart, of one type; `settled` of the last reading's objects were born between the first two, and
 * `older` are left of the first one's.
 */
function readings(
  counts: readonly [number, number, number],
  settled: number,
  { type = 'Session', older = counts[0] } = {},
): TypeReading[] {
  return counts.map((count, index) => ({
    timeMs: 5_000 * (index + 1),
    rows: [
      {
        kind: 'object',
        type,
        count,
        sizeBytes: count * SIZE,
        settledCount: index === 2 ? settled : 0,
        settledBytes: index === 2 ? settled * SIZE : 0,
        keptCount: index === 2 ? older + settled : 0,
        keptBytes: index === 2 ? (older + settled) * SIZE : 0,
      },
    ],
  }));
}

describe('judgeTypes', () => {
  it('reports a type whose objects stay, with its growth per second', () => {
    expect(judgeTypes(readings([103, 1_103, 2_103], 1_000))).toEqual([
      {
        kind: 'object',
        type: 'Session',
        growthBytesPerSecond: 200 * SIZE,
        growthInstancesPerSecond: 200,
        settledInstances: 1_000,
        settledFromMs: 5_000,
        settledBeforeMs: 10_000,
        confidence: 'medium',
      },
    ]);
  });

  it('reports a type that was not there at first', () => {
    expect(judgeTypes(readings([0, 900, 1_800], 900))).toHaveLength(1);
  });

  it('is high from 0.1 MiB/s and 1000 instances on', () => {
    expect(judgeTypes(readings([0, 20_000, 40_000], 20_000))[0]?.confidence).toBe('high');
  });

  it('says nothing of a type whose growth has stopped', () => {
    expect(judgeTypes(readings([0, 5_000, 5_010], 5_000))).toEqual([]);
  });

  it('says nothing of a window, whose objects are replaced', () => {
    expect(judgeTypes(readings([5_000, 5_000, 5_000], 0))).toEqual([]);
    expect(judgeTypes(readings([1_000, 3_000, 5_000], 0))).toEqual([]);
  });

  it('says nothing of a window that slides more slowly than the readings come', () => {
    expect(judgeTypes(readings([980, 1_010, 1_040], 238))).toMatchObject([{ confidence: 'low' }]);
    expect(judgeTypes(readings([1_000, 1_010, 1_020], 238))).toEqual([]);
  });

  it('says nothing of a window that the last reading finds amid its work', () => {
    expect(judgeTypes(readings([950, 1_500, 5_491], 550, { older: 400 }))).toEqual([]);
    expect(judgeTypes(readings([950, 1_500, 5_491], 550, { older: 940 }))).toHaveLength(1);
  });

  it('says nothing of a sawtooth, which is lower in the end', () => {
    expect(judgeTypes(readings([2_000, 6_000, 1_500], 700))).toEqual([]);
  });

  it('mentions a type that grows by fewer objects than chance explains as low', () => {
    expect(judgeTypes(readings([10, 60, 110], 50))[0]?.confidence).toBe('low');
    expect(judgeTypes(readings([10, 20, 30], 10))).toEqual([]);
  });

  it('goes by the time in which the program could work', () => {
    const round = (timeMs: number, activeMs: number) => ({ ...READING, timeMs, activeMs });
    const types = readings([0, 1_000, 1_300], 1_000, { older: 0 }); // at 5, 10 and 15 s
    expect(
      judgeTypesOf({ types, landmarks: [], rounds: [round(4_000, 4_000), round(11_000, 11_000)] }),
    ).toEqual([]);
    expect(
      judgeTypesOf({ types, landmarks: [], rounds: [round(4_000, 4_000), round(14_000, 10_500)] }),
    ).toHaveLength(1);
  });

  it('waits for three readings', () => {
    expect(judgeTypes(readings([103, 1_103, 2_103], 1_000).slice(0, 2))).toEqual([]);
  });
});

describe('judgeSlowTypes', () => {
  /** A series of 10 s after 75 s, with one reading for each number before it; all but `young` of the last are older than 5 s. */
  function slow(landmarks: readonly number[], series: readonly [number, number, number], young = 10) {
    const row = { kind: 'object' as const, type: 'Session', settledCount: 0, settledBytes: 0 };
    const readingOf = (timeMs: number, count: number, keptCount = 0): TypeReading => ({
      timeMs,
      rows: [{ ...row, count, sizeBytes: count * SIZE, keptCount, keptBytes: keptCount * SIZE }],
    });
    const [first, second, third] = series;
    return judgeSlowTypes({
      landmarks: landmarks.map((count, index) => readingOf(25_000 * (index + 1), count)),
      types: [readingOf(75_000, first), readingOf(80_000, second), readingOf(85_000, third, third - young)],
      rounds: [],
    });
  }

  it('sees what grows too slowly for one series', () => {
    expect(slow([1_000, 1_150], [1_290, 1_305, 1_320])).toMatchObject([
      {
        type: 'Session',
        growthInstancesPerSecond: 320 / 60,
        settledInstances: 310,
        settledFromMs: 25_000,
        settledBeforeMs: 80_000,
        confidence: 'medium',
      },
    ]);
  });

  it('says nothing of a table that has been filled, or was at first', () => {
    expect(slow([1_000, 1_400], [1_400, 1_400, 1_400])).toEqual([]);
    expect(slow([1_000, 1_000], [1_390, 1_400, 1_400])).toEqual([]);
  });

  it('says nothing where all that is more is young', () => {
    expect(slow([1_000, 1_150], [1_290, 1_305, 1_320], 320)).toEqual([]);
  });

  it('needs a reading from after the warm-up, and one about halfway', () => {
    const halfway = [1_000, 1_150] as const;
    expect(slow(halfway.slice(0, 1), [1_290, 1_305, 1_320])).toEqual([]);
    expect(slow([], [1_290, 1_305, 1_320])).toEqual([]);
  });
});
