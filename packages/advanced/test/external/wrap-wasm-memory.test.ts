import { describe, expect, it } from 'vitest';
import { type ExternalSampling, startExternalSampling } from '../../src/external/external-sampling.js';

const PAGE = 65_536;

/** The types of ES2022 do not know WebAssembly. */
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface Wasm {
  Memory: new (descriptor: { initial: number; maximum?: number }) => Memory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
  ) => { readonly exports: { readonly memory: Memory; more(pages: number): number } };
}
const wasm = () => (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;

/** (module (memory (export "memory") 1) (func (export "more") (param i32) (result i32) local.get 0 memory.grow)) */
const GROWS_INSIDE = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0], // header
  ...[1, 6, 1, 96, 1, 127, 1, 127], // type: i32 -> i32
  ...[3, 2, 1, 0], // function
  ...[5, 3, 1, 0, 1], // memory: 1 page
  ...[7, 17, 2, 6, 109, 101, 109, 111, 114, 121, 2, 0, 4, 109, 111, 114, 101, 0, 0], // exports
  ...[10, 8, 1, 6, 0, 32, 0, 64, 0, 11], // code
]);

/** Every allocation is sampled: the interval is a byte. */
const start = () => startExternalSampling({ intervalBytes: 1, measure: 'live' });

function bytesBy(sampling: ExternalSampling, functionName: string): number {
  return sampling
    .readSamples()
    .samples.filter(({ stack }) => stack[1]?.functionName === functionName)
    .reduce((total, { sizeBytes }) => total + sizeBytes, 0);
}

describe('memory of WebAssembly', () => {
  it('belongs to who makes it, and to who grows it', () => {
    using sampling = start();
    function makeMemory() {
      return new (wasm().Memory)({ initial: 3 });
    }
    function growMemory(memory: Memory) {
      return memory.grow(5);
    }
    const memory = makeMemory();
    expect(growMemory(memory)).toBe(3);
    expect(memory.buffer.byteLength).toBe(8 * PAGE);
    expect(bytesBy(sampling, 'makeMemory')).toBe(3 * PAGE);
    expect(bytesBy(sampling, 'growMemory')).toBe(5 * PAGE);
    expect(sampling.readSamples().wasmBytes).toBe(8 * PAGE);
  });

  it('that grew inside of WebAssembly belongs to who reads its buffer first', () => {
    using sampling = start();
    const { memory, more } = new (wasm().Instance)(new (wasm().Module)(GROWS_INSIDE)).exports;
    function copyIn() {
      return new Uint8Array(memory.buffer).fill(7);
    }
    function copyInAgain() {
      return new Uint8Array(memory.buffer);
    }
    copyIn();
    expect(bytesBy(sampling, 'copyIn')).toBe(PAGE);
    more(11);
    expect(sampling.readSamples().wasmBytes).toBe(12 * PAGE);
    copyIn();
    copyInAgain();
    expect(bytesBy(sampling, 'copyIn')).toBe(12 * PAGE);
    expect(bytesBy(sampling, 'copyInAgain')).toBe(0);
  });

  it('behaves as it did, and is as it was after the end', () => {
    const { Memory } = wasm();
    const before = Object.getOwnPropertyDescriptors(Memory.prototype);
    const sampling = start();
    const { Memory: Stand } = wasm();
    const memory = new Stand({ initial: 1, maximum: 2 });
    expect(memory).toBeInstanceOf(Memory);
    expect(memory).toBeInstanceOf(Stand);
    expect(memory.constructor).toBe(Stand);
    expect(Stand.name).toBe('Memory');
    expect(memory.buffer).toBe(memory.buffer);
    expect(() => memory.grow(7)).toThrow(RangeError);
    expect(() => Reflect.get(Memory.prototype, 'buffer', {})).toThrow(TypeError);
    expect(() => (Stand as unknown as () => void)()).toThrow(TypeError);
    expect(() => new Stand({} as never)).toThrow(TypeError);
    class Mine extends Stand {}
    expect(new Mine({ initial: 1 })).toBeInstanceOf(Mine);
    sampling[Symbol.dispose]();
    expect(wasm().Memory).toBe(Memory);
    expect(Object.getOwnPropertyDescriptors(Memory.prototype)).toEqual(before);
    expect(memory.buffer.byteLength).toBe(PAGE);
  });
});
