import { inspect, types } from 'node:util';
import { runInNewContext } from 'node:vm';
import { isMainThread, Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startExternalSampling } from '../../src/external/external-sampling.js';

type Bytes = typeof Uint8Array;

const NAMES = [
  'ArrayBuffer',
  'SharedArrayBuffer',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;

const sampling = () => startExternalSampling({ intervalBytes: 1_024, measure: 'live' });
const constructorOf = (name: string): Bytes => Reflect.get(globalThis, name);

/** What a program can see of a constructor and of what it makes. */
function describeConstructor(name: string) {
  const Maker = constructorOf(name);
  const made = new Maker(8);
  class Own extends Maker {}
  const own = new Own(8);
  const describeOwn = (value: object) =>
    Reflect.ownKeys(value)
      .map((key) => {
        const { value: held, ...attributes } = Object.getOwnPropertyDescriptor(value, key) ?? {};
        return [
          String(key),
          typeof held,
          attributes.writable,
          attributes.enumerable,
          attributes.configurable,
        ];
      })
      .sort();
  const refusal = (action: () => unknown) => {
    try {
      return String(action());
    } catch (error) {
      return String(error);
    }
  };
  return {
    own: describeOwn(Maker),
    prototype: describeOwn(Maker.prototype),
    nativeText: /\[native code\]/.test(Function.prototype.toString.call(Maker)),
    inspected: [inspect(Maker), inspect(made), inspect(own)],
    tag: Object.prototype.toString.call(made),
    parent:
      Object.getPrototypeOf(Maker) === Object.getPrototypeOf(Int8Array) ||
      Object.getPrototypeOf(Maker) === Function.prototype,
    isOf: [made instanceof Maker, own instanceof Maker, own instanceof Own, made instanceof Own],
    constructors: [
      made.constructor === Maker,
      own.constructor === Own,
      Maker.prototype.constructor === Maker,
    ],
    species: Reflect.get(Maker, Symbol.species) === Maker,
    sliced: [made.slice(0, 4).constructor === Maker, own.slice(0, 4).constructor === Own],
    reflected: [
      Reflect.construct(Maker, [4]).byteLength,
      Reflect.construct(Maker, [4], Own) instanceof Own,
      Object.getPrototypeOf(Reflect.construct(Object, [], Maker)) === Maker.prototype,
    ],
    foreign: runInNewContext('value instanceof Maker', { value: made, Maker }),
    refusals: [
      refusal(() => Reflect.apply(Maker as unknown as () => void, undefined, [8])),
      refusal(() => new Maker(-1)),
      refusal(() => new Maker(Symbol.iterator as unknown as number)),
      refusal(() => new (Maker as unknown as new () => Uint8Array)().byteLength),
    ],
  };
}

describe('a wrapped constructor', () => {
  it.each(NAMES)('%s cannot be told from the original', (name) => {
    const before = describeConstructor(name);
    const original = constructorOf(name);
    const old = new original(8);
    using _sampling = sampling();
    expect(constructorOf(name)).not.toBe(original);
    expect(describeConstructor(name)).toEqual(before);
    expect(old).toBeInstanceOf(constructorOf(name));
    expect(old.constructor).toBe(constructorOf(name));
  });

  it('makes the same of the same arguments', () => {
    const argument = fc.oneof(
      fc.nat({ max: 300 }),
      fc.array(fc.integer(), { maxLength: 90 }),
      fc.constantFrom(
        undefined,
        null,
        '7',
        3.5,
        Number.NaN,
        { length: 3 },
        new Set([1, 2]),
        new Uint16Array(5),
      ),
      fc.nat({ max: 40 }).map((length) => new ArrayBuffer(length * 8)),
    );
    const more = fc.array(fc.constantFrom(undefined, 0, 8, 16), { maxLength: 2 });
    const views = NAMES.filter((name) => name.endsWith('Array'));
    fc.assert(
      fc.property(fc.constantFrom(...views), argument, more, (name, first, rest) => {
        const make = () => {
          try {
            return inspect(Reflect.construct(constructorOf(name), [first, ...rest]));
          } catch (error) {
            return String(error);
          }
        };
        const expected = make();
        using _sampling = sampling();
        expect(make()).toBe(expected);
      }),
    );
  });

  it('is what typed arrays of Node and of other realms are instances of', () => {
    using _sampling = sampling();
    expect(Buffer.alloc(100)).toBeInstanceOf(Uint8Array);
    expect(types.isUint8Array(new Uint8Array(100))).toBe(true);
    expect(structuredClone(new Float64Array(100))).toBeInstanceOf(Float64Array);
    expect(new TextEncoder().encode('a').constructor).toBe(Uint8Array);
  });

  it('goes on working in a class that extended it, after the end', () => {
    const running = sampling();
    class Own extends Uint8Array {
      twice() {
        return this.length * 2;
      }
    }
    running[Symbol.dispose]();
    const own = new Own(70_001);
    expect([own.twice(), own instanceof Uint8Array, Own.from([1, 2]) instanceof Own]).toEqual([
      140_002,
      true,
      true,
    ]);
  });

  it('keeps what a program puts on it, after the end', () => {
    const running = sampling();
    Object.defineProperty(Uint8Array, 'fromNothing', { value: () => new Uint8Array(0), configurable: true });
    running[Symbol.dispose]();
    expect(Reflect.get(Uint8Array, 'fromNothing')()).toHaveLength(0);
    Reflect.deleteProperty(Uint8Array, 'fromNothing');
  });

  it('is put back, as all else, after 1,000 starts; what somebody put over it stays', () => {
    const originals = () => [
      ...NAMES.map(constructorOf),
      ...NAMES.map((name) => constructorOf(name).prototype.constructor),
      Buffer.alloc,
      Buffer.from,
      Buffer.concat,
      Reflect.get(ArrayBuffer.prototype, 'resize'),
    ];
    const before = originals();
    for (let time = 0; time < 1_000; time++) {
      const running = startExternalSampling({ intervalBytes: 1_024, measure: 'total' });
      running[Symbol.dispose]();
      running[Symbol.dispose]();
    }
    expect(originals().every((value, index) => value === before[index])).toBe(true);

    const { alloc } = Buffer;
    const running = sampling();
    const theirs = () => alloc(1);
    Buffer.alloc = theirs;
    running[Symbol.dispose]();
    expect(Buffer.alloc).toBe(theirs);
    Buffer.alloc = alloc;
  });

  it('leaves other threads alone, and their buffers whole', async () => {
    using _sampling = sampling();
    expect(isMainThread).toBe(true);
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads');
       parentPort.once('message', (bytes) => parentPort.postMessage([bytes.length, bytes instanceof Uint8Array, bytes.constructor === Uint8Array]));`,
      { eval: true },
    );
    const bytes = new Uint8Array(9_973);
    const answer = new Promise((resolve) => worker.once('message', resolve));
    worker.postMessage(bytes, [bytes.buffer]);
    expect(await answer).toEqual([9_973, true, true]);
    expect(bytes.length).toBe(0);
    await worker.terminate();
  });
});
