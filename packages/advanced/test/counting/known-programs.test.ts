import { describe, expect, it } from 'vitest';
import { countAllocations } from '../../src/counting/count-allocations.js';
import { rawBytesPerAsyncCall, rawBytesPerCall, rawPagedBytesPerCall } from './raw-bytes.js';

/** V8's layout on 64 bits without pointer compression, the same on Node 20 to 26. */
const WORD = 8;
const ARRAY_OBJECT = 4 * WORD;
const objectOf = (fields: number) => (3 + fields) * WORD;
const elements = (length: number) => (2 + length) * WORD;
const arrayOf = (length: number) => ARRAY_OBJECT + elements(length);
const mapTable = (capacity: number) => (2 + 3 + capacity / 2 + 3 * capacity) * WORD;
const setTable = (capacity: number) => (2 + 3 + capacity / 2 + 2 * capacity) * WORD;
const COLLECTION = 4 * WORD;

class Point {
  x: number;
  y: number;
  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
  }
}

let number = 0.3;
let step = 0;
let list: number[] = [];
let left = 'left part of a rope ';
const right = 'and its right part';
left += step;
const letters = Buffer.alloc(1000, 'letters ');

/** Capacities that an array goes through while so many elements are pushed. */
function pushedElements(length: number): number {
  let bytes = 0;
  for (let capacity = 0; capacity < length; ) {
    capacity = capacity + 1 + ((capacity + 1) >> 1) + 16;
    bytes += elements(capacity);
  }
  return bytes;
}

const laidOut: Record<string, [trueBytes: number, fn: () => unknown]> = {
  'a number with a fraction': [16, () => (number = number * 1.0000001 + 0.1)],
  'an object with one field': [objectOf(1), () => ({ a: step })],
  'an object with seven fields': [objectOf(7), () => ({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: step })],
  'objects in an object': [
    objectOf(2) + objectOf(1) + objectOf(3),
    () => ({ a: { b: step }, c: { d: 1, e: step, f: 2 } }),
  ],
  'an empty object, which has room for four fields': [objectOf(4), () => ({})],
  'a class instance': [objectOf(2), () => new Point(1, step)],
  'a class with a field initialiser': [
    objectOf(1),
    (() => {
      class Box {
        value = 7;
      }
      return () => new Box();
    })(),
  ],
  'an arrow function': [7 * WORD, () => () => step],
  'an arrow function with its context': [
    7 * WORD + 5 * WORD,
    () => {
      const own = step;
      return () => own;
    },
  ],
  'an array of three': [arrayOf(3), () => [step, step, step]],
  'an array of a hundred small integers': [arrayOf(100), () => new Array(100).fill(0)],
  'an array of a hundred doubles': [arrayOf(100), () => new Array(100).fill(0.5)],
  'an array of 10 KB': [10_240, () => new Array((10_240 - arrayOf(0)) / WORD).fill(0)],
  'a class instance in an array of 5 KB': [
    arrayOf(620) + objectOf(2),
    () => new Array(620).fill(new Point(1, 2)),
  ],
  'a rope of two strings': [4 * WORD, () => left + right],
  'a slice of a string': [4 * WORD, () => left.slice(0, 17)],
  'a string of 1000 characters': [2 * WORD + 1000, () => letters.toString('latin1')],
  'an empty set': [COLLECTION + setTable(4), () => new Set()],
  'an empty map': [COLLECTION + mapTable(4), () => new Map()],
  'a map of twenty': [
    COLLECTION + mapTable(4) + mapTable(8) + mapTable(16) + mapTable(32),
    () => {
      const map = new Map();
      for (let key = 0; key < 20; key++) map.set(key, key);
      return map;
    },
  ],
  'an array that grows, and begins again after a hundred': [
    (ARRAY_OBJECT + pushedElements(100)) / 100,
    () => {
      if (++step % 100 === 0) list = [];
      list.push(step);
    },
  ],
};

const asyncCalls: Record<string, () => Promise<unknown>> = {
  'an async function that waits for nothing': async () => step,
  'an async function that waits twice': async () => {
    await null;
    const own = [step, step];
    await own;
    return own;
  },
  'promises in a row': () => Promise.resolve(step).then((value) => ({ value })),
};

const layoutFree: Record<string, () => unknown> = {
  'destructured arrays': () => {
    const [first, ...rest] = [step, 2, 3, 4];
    return [rest, first];
  },
  'a generator run to its end': () => [...twoSteps()],
  'a template string': () => `${left}: ${step}`,
  'a match': () => /(\w+) part/.exec(left),
  'JSON parsed': () => JSON.parse('{"a":[1,2,3],"b":{"c":"text"}}'),
  'a bound function': () => bound.bind(null),
  'a date': () => new Date(step),
  'a mapped array': () => [1, 2, 3, 4, 5].map((value) => ({ value })),
  'a split text': () => 'a,b,c,d,e,f,g,h'.split(','),
};
function bound() {}
function* twoSteps() {
  yield step;
  yield 2;
}

const off = (counted: number, truth: number) => Math.abs(counted / truth - 1);

describe('countAllocations agrees to 1 % with the layout of', () => {
  it.each(Object.entries(laidOut))('%s', (_name, [trueBytes, fn]) => {
    const { bytesPerCall, externalBytesPerCall } = countAllocations(fn);
    expect(off(bytesPerCall, trueBytes)).toBeLessThan(0.01);
    expect(externalBytesPerCall).toBe(0);
  });
});

describe('countAllocations agrees to 1 % with plain readings of', () => {
  it.each(Object.entries(layoutFree))('%s', (_name, fn) => {
    const { bytesPerCall } = countAllocations(fn, { warmUp: 50_000 });
    expect(off(bytesPerCall, rawBytesPerCall(fn))).toBeLessThan(0.01);
  });

  it.each(Object.entries(asyncCalls))('%s', async (_name, fn) => {
    const { bytesPerCall } = await countAllocations(fn, { warmUp: 50_000 });
    expect(off(bytesPerCall, await rawBytesPerAsyncCall(fn))).toBeLessThan(0.01);
  });
});

it('shapes that each call makes anew are counted (Node 20)', () => {
  const fn = () => ({ ...new Point(1, step), z: 3 });
  const { bytesPerCall, lowBytesPerCall, highBytesPerCall } = countAllocations(fn);
  expect(off(bytesPerCall, rawBytesPerCall(fn) + rawPagedBytesPerCall(fn))).toBeLessThan(0.01);
  expect(lowBytesPerCall).toBeLessThanOrEqual(bytesPerCall);
  expect(highBytesPerCall).toBeGreaterThanOrEqual(bytesPerCall);
});

describe('external bytes', () => {
  it.each<[string, number, () => unknown]>([
    ['Buffer.alloc', 1000, () => Buffer.alloc(1000)],
    ['an ArrayBuffer', 65_536, () => new ArrayBuffer(65_536)],
    ['a typed array', 5000 * 8, () => new Float64Array(5000)],
  ])('of %s are counted apart from the heap', (_name, trueBytes, fn) => {
    const count = countAllocations(fn);
    expect(off(count.externalBytesPerCall, trueBytes)).toBeLessThan(0.01);
    expect(count.bytesPerCall).toBeLessThan(300);
  });
});
