import { MemxError } from '@memx/core';
import { describe, expect, it } from 'vitest';
import { AdvancedMemoryProfiler } from '../../src/allocation/advanced-memory-profiler.js';
import { rankFunctions } from '../../src/allocation/profile-totals.js';
import { ThreadInspector } from '../../src/inspector/thread-inspector.js';

const codeOf = (action: () => unknown) => {
  try {
    action();
  } catch (error) {
    if (error instanceof MemxError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
};

function retainArrays(count: number): number[][] {
  return Array.from({ length: count }, (_, index) => new Array(997).fill(index));
}

function wasteArrays(count: number): number {
  let length = 0;
  for (let index = 0; index < count; index++) length += new Array(997).fill(index).length;
  return length;
}

describe('AdvancedMemoryProfiler', () => {
  it('names the function whose objects are alive, with its bytes', () => {
    using profiler = new AdvancedMemoryProfiler();
    const kept = retainArrays(5_003);
    const [top] = profiler.getTopAllocations(1);
    expect(top?.functionName).toMatch(/retainArrays|anonymous/);
    expect(top?.filename).toMatch(/advanced-memory-profiler\.test/);
    expect(top?.origin).toBe('own');
    const trueBytes = kept.length * (997 * 8 + 16);
    expect(Math.abs((top?.sizeBytes ?? 0) / trueBytes - 1)).toBeLessThan(5 / Math.sqrt(top?.count ?? 1));
  });

  it('tells what was collected only when it measures the total', () => {
    const bytesOfWaste = (measure: 'live' | 'total') => {
      using profiler = new AdvancedMemoryProfiler({ measure });
      wasteArrays(5_003);
      return profiler
        .getTopAllocations(100)
        .filter(({ functionName }) => functionName === 'wasteArrays')
        .reduce((total, { sizeBytes }) => total + sizeBytes, 0);
    };
    expect(bytesOfWaste('total')).toBeGreaterThan(30_000_000);
    expect(bytesOfWaste('live')).toBeLessThan(1_000_000);
  });

  it('shares the session: each profiler sees what was allocated since its own start', () => {
    using outer = new AdvancedMemoryProfiler();
    const before = retainArrays(2_003);
    const inner = new AdvancedMemoryProfiler();
    const after = retainArrays(503);
    const bytes = (profiler: AdvancedMemoryProfiler) => profiler.getTopAllocations(1)[0]?.sizeBytes ?? 0;
    expect(bytes(outer)).toBeGreaterThan(3 * bytes(inner));
    inner.stop();
    expect(bytes(outer)).toBeGreaterThan(10_000_000);
    expect(before.length + after.length).toBe(2_506);
  });

  it("refuses another's session, and leaves it running", () => {
    using other = new ThreadInspector();
    other.startSampling({ intervalBytes: 4096, includeCollected: false });
    expect(codeOf(() => new AdvancedMemoryProfiler())).toBe('ERR_MEMX_SESSION_BUSY');
    expect(other.readSamplingProfile().samples).toBeInstanceOf(Array);
  });

  it('refuses to share a session with other options', () => {
    using _outer = new AdvancedMemoryProfiler();
    expect(codeOf(() => new AdvancedMemoryProfiler({ measure: 'total' }))).toBe('ERR_MEMX_SESSION_BUSY');
  });

  it('can be stopped twice, and says so when it is read afterwards', () => {
    const profiler = new AdvancedMemoryProfiler();
    profiler.stop();
    profiler.stop();
    expect(codeOf(() => profiler.getTopAllocations())).toBe('ERR_MEMX_DISPOSED');
    using _next = new AdvancedMemoryProfiler();
  });

  it.each([
    { samplingIntervalBytes: 0 },
    { samplingIntervalBytes: Number.NaN },
    { measure: 'all' as 'live' },
    { interval: 5 } as object,
  ])('refuses the options %j', (options) => {
    expect(codeOf(() => new AdvancedMemoryProfiler(options))).toBe('ERR_MEMX_INVALID_OPTION');
  });

  it('leaves nothing behind after 1,000 starts and stops', () => {
    const resources = () => process.getActiveResourcesInfo().sort();
    const before = resources();
    for (let time = 0; time < 1_000; time++) new AdvancedMemoryProfiler().stop();
    expect(resources()).toEqual(before);
  });

  it('gives a profile that says how it was measured, and keeps it after the stop', () => {
    const profiler = new AdvancedMemoryProfiler({ measure: 'total', samplingIntervalBytes: 32_768 });
    wasteArrays(2_503);
    const profile = profiler.profile();
    profiler.stop();
    expect(profile).toMatchObject({
      kind: 'profile',
      node: process.version,
      measure: 'total',
      samplingIntervalBytes: 32_768,
      precision: 'function',
      inliningOff: false,
    });
    const waste = rankFunctions(profile).find(({ frame }) => frame.functionName === 'wasteArrays');
    const trueBytes = 2_503 * (997 * 8 + 16);
    expect(Math.abs((waste?.sizeBytes ?? 0) - trueBytes)).toBeLessThan(5 * (waste?.standardErrorBytes ?? 0));
    expect(codeOf(() => profiler.profile())).toBe('ERR_MEMX_DISPOSED');
  });

  // Last, because inlining stays off in this process.
  it('is exact when asked: a small function is not charged to its caller', () => {
    using profiler = new AdvancedMemoryProfiler({ measure: 'total', exact: true });
    const small = (id: number) => ({ id, name: [id] });
    function caller(): number {
      let sum = 0;
      for (let id = 0; id < 300_000; id++) sum += small(id).name.length;
      return sum;
    }
    expect(caller()).toBe(300_000);
    const profile = profiler.profile();
    const bytesOf = (name: string) =>
      rankFunctions(profile).find(({ frame }) => frame.functionName === name)?.sizeBytes ?? 0;
    expect(profile.inliningOff).toBe(true);
    expect(bytesOf('small')).toBeGreaterThan(10 * bytesOf('caller'));
  });
});
