import { Session } from 'node:inspector';
import { describe, expect, it } from 'vitest';
import { readFunctionBytes } from '../../src/allocation/function-bytes.js';
import { markFunctionSized, readFunctionSized } from '../../src/allocation/function-sized.js';
import {
  type AllocationSample,
  SamplingProfileDecoder,
} from '../../src/allocation/sampling-profile-decoder.js';

const COUNT = 20_000;

/** Two kinds of objects, of 56 bytes and of another size, each made by a function of its own. */
function sampleBoth(intervalBytes: number): AllocationSample[] {
  const kept: unknown[] = new Array(COUNT).fill(null);
  function makeFunctions() {
    for (let i = 0; i < COUNT; i++) {
      const made = () => kept;
      kept[i] = made;
    }
  }
  function makeArrays() {
    for (let i = 0; i < COUNT; i++) kept[i] = new Array(13);
  }
  const session = new Session();
  session.connect();
  let raw: unknown;
  try {
    session.post('HeapProfiler.startSampling', {
      samplingInterval: intervalBytes,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    } as object);
    makeFunctions();
    makeArrays();
    session.post('HeapProfiler.getSamplingProfile', (_, answer) => {
      raw = answer?.profile;
    });
  } finally {
    session.disconnect();
  }
  return new SamplingProfileDecoder().decode(raw as Parameters<SamplingProfileDecoder['decode']>[0]);
}

describe('markFunctionSized', () => {
  it.each([512, 4096, 16_384])(
    'tells functions from other objects at %i bytes between samples',
    (interval) => {
      const samples = sampleBoth(interval);
      const marked = markFunctionSized(samples, { measure: 'total', samplingIntervalBytes: interval });
      const sharesOf = (name: string) => {
        const own = marked
          .map(({ stack }) => readFunctionSized(stack))
          .filter(({ stack }) => stack[0]?.functionName === name);
        return own.filter(({ isMarked }) => isMarked).length / own.length;
      };
      expect(sharesOf('makeFunctions')).toBeGreaterThan(0.9); // the loop's feedback is made there, too
      expect(sharesOf('makeArrays')).toBeLessThan(0.1);
    },
  );

  it('leaves live profiles as they are', () => {
    const samples = sampleBoth(4096);
    expect(markFunctionSized(samples, { measure: 'live', samplingIntervalBytes: 4096 })).toBe(samples);
  });

  it('gives all samples of a stack one array, as the decoder does', () => {
    const samples = sampleBoth(4096);
    const stacks = new Set(samples.map(({ stack }) => stack));
    const marked = markFunctionSized(samples, { measure: 'total', samplingIntervalBytes: 4096 });
    expect(new Set(marked.map(({ stack }) => stack)).size).toBeLessThanOrEqual(2 * stacks.size);
  });
});

it('a function takes the same whole number of words each time it is measured', () => {
  expect(readFunctionBytes() % 8).toBe(0);
  expect(readFunctionBytes()).toBeGreaterThanOrEqual(28); // with compressed pointers
  expect(readFunctionBytes()).toBeLessThanOrEqual(72);
});
