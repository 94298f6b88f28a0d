import { describe, expect, it } from 'vitest';
import { judgeFloor } from '../../../src/leak/judge/judge-floor.js';

const MIB = 2 ** 20;

const rounds = (externalMiB: readonly number[]) =>
  externalMiB.map((size, index) => ({
    timeMs: index * 1_000,
    activeMs: index * 1_000,
    rssBytes: 80 * MIB,
    heapUsedBytes: 5 * MIB,
    heapFreeBytes: 0,
    externalBytes: size * MIB,
    arrayBuffersBytes: size * MIB,
    wasmBytes: 0,
    resources: {},
  }));

const judgeExternal = (readings: ReturnType<typeof rounds>) =>
  judgeFloor({ rounds: readings, typesReadMs: [] }, 'externalBytes');

const twenty = (at: (index: number) => number) => rounds(Array.from({ length: 20 }, (_, index) => at(index)));

describe('judgeFloor', () => {
  it('finds memory that rises in both halves of the watch', () => {
    const growth = judgeExternal(twenty((index) => 3 + index));
    expect(growth?.bytesPerSecond).toBeCloseTo(MIB, 0);
    expect(growth?.grownBytes).toBe(14 * MIB);
  });

  it('finds memory that rises in steps', () => {
    expect(judgeExternal(twenty((index) => 3 + 5 * Math.floor(index / 2)))).not.toBeNull();
  });

  it('says nothing of a window of buffers that is full', () => {
    expect(judgeExternal(twenty((index) => Math.min(15, 3 + 2 * index)))).toBeNull();
  });

  it('says nothing of a pool that breathes', () => {
    expect(judgeExternal(twenty((index) => 10 + 4 * Math.sin(index)))).toBeNull();
  });

  it('says nothing of less than a mebibyte, nor of too few rounds', () => {
    expect(judgeExternal(twenty((index) => 3 + index / 100))).toBeNull();
    expect(judgeExternal(rounds([1, 2, 3, 4, 5, 6]))).toBeNull();
  });

  it('leaves out the rounds in which memx counted types, with the time that they took', () => {
    const readAtMs = [6_500, 12_500];
    const readings = twenty(() => 2).map((round, index) => {
      const counted = readAtMs.filter((timeMs) => timeMs <= round.timeMs).length;
      // Each count lets go of some compiled code, and takes time in which the program leaks on.
      const heapUsedBytes = 5 * MIB + (index + 2 * counted) * 100_003 - counted * 3 * MIB;
      return { ...round, activeMs: round.activeMs + counted * 2_000, heapUsedBytes };
    });
    const growth = judgeFloor({ rounds: readings, typesReadMs: readAtMs }, 'heapUsedBytes');
    expect(growth?.bytesPerSecond).toBeCloseTo(100_003, 6);
  });
});
