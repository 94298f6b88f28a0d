import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync, gzipSync } from 'node:zlib';
import { MemxError } from '@memx/core';
import { describe, expect, it } from 'vitest';
import type { EstimatedStack } from '../../src/allocation/profile-builder.js';
import { type ExternalReading, startExternalSampling } from '../../src/external/external-sampling.js';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
setFlagsFromString('--no-expose-gc');

const INTERVAL = 16_384;
type Measure = 'live' | 'total';

/** The types of ES2022 do not know it; Node 20 does, but for `transfer`. */
interface ResizableBytes extends ArrayBuffer {
  resize(byteLength: number): void;
  transfer?(): ArrayBuffer;
}

const makeResizable = (byteLength: number, maxByteLength: number): ResizableBytes =>
  Reflect.construct(ArrayBuffer, [byteLength, { maxByteLength }]);

const start = (measure: Measure, intervalBytes = INTERVAL) =>
  startExternalSampling({ intervalBytes, measure });

/** What a function of the program allocated. */
function byFunction({ stacks }: ExternalReading, name: string) {
  const found = stacks.filter(({ stack }) => stack.some(({ functionName }) => functionName === name));
  const sum = (of: (stack: EstimatedStack) => number) => found.reduce((total, stack) => total + of(stack), 0);
  return {
    sizeBytes: sum(({ sizeBytes }) => sizeBytes),
    count: sum(({ count }) => count ?? 0),
    samples: sum(({ samples }) => samples ?? 0),
    standardErrorBytes: Math.sqrt(sum(({ standardErrorBytes }) => (standardErrorBytes ?? 0) ** 2)),
    callees: new Set(found.map(({ stack }) => stack[0]?.functionName)),
  };
}

/** Five standard deviations: 1 run in a million is further off. */
function expectNear(found: ReturnType<typeof byFunction>, sizeBytes: number, count: number) {
  expect(Math.abs(found.sizeBytes - sizeBytes)).toBeLessThanOrEqual(5 * found.standardErrorBytes + 1);
  const countError = (count * found.standardErrorBytes) / sizeBytes; // all of one size
  expect(Math.abs(found.count - count)).toBeLessThanOrEqual(5 * countError + 1);
}

const TIMES = 1_009;
const BYTES = 4_984; // above Node's pool, and a multiple of 8

const makers: readonly (readonly [callee: string, make: () => object])[] = [
  ['new ArrayBuffer', () => new ArrayBuffer(BYTES)],
  ['new SharedArrayBuffer', () => new SharedArrayBuffer(BYTES)],
  ['new Int8Array', () => new Int8Array(BYTES)],
  ['new Uint8Array', () => new Uint8Array(BYTES)],
  ['new Uint8ClampedArray', () => new Uint8ClampedArray(BYTES)],
  ['new Int16Array', () => new Int16Array(BYTES / 2)],
  ['new Uint16Array', () => new Uint16Array(BYTES / 2)],
  ['new Int32Array', () => new Int32Array(BYTES / 4)],
  ['new Uint32Array', () => new Uint32Array(BYTES / 4)],
  ['new Float32Array', () => new Float32Array(BYTES / 4)],
  ['new Float64Array', () => new Float64Array(BYTES / 8)],
  ['new BigInt64Array', () => new BigInt64Array(BYTES / 8)],
  ['new BigUint64Array', () => new BigUint64Array(BYTES / 8)],
  ['new Uint8Array', () => Uint8Array.from({ length: BYTES })],
  ['new Float64Array', () => Float64Array.of(...Array(BYTES / 8).fill(1))],
  ['new Uint8Array', () => new Uint8Array(Array(BYTES).fill(1))],
  ['new Uint8Array', () => new (class Mine extends Uint8Array {})(BYTES)],
  ['Buffer.alloc', () => Buffer.alloc(BYTES, 1)],
  ['Buffer.allocUnsafe', () => Buffer.allocUnsafe(BYTES)],
  ['Buffer.allocUnsafeSlow', () => Buffer.allocUnsafeSlow(BYTES)],
  ['Buffer.from', () => Buffer.from('x'.repeat(BYTES))],
];

describe('external sampling', () => {
  it.each(makers)('tells the bytes, the number and the caller of %s', (callee, make) => {
    const kept: object[] = [];
    function allocateHere() {
      for (let time = 0; time < TIMES; time++) kept.push(make());
    }
    for (const measure of ['live', 'total'] as const) {
      using sampling = start(measure);
      allocateHere();
      const found = byFunction(sampling.read(), 'allocateHere');
      expectNear(found, TIMES * BYTES, TIMES);
      // Node 20 makes a large Buffer.from by Buffer.allocUnsafeSlow.
      found.callees.delete(callee === 'Buffer.from' ? 'Buffer.allocUnsafeSlow' : undefined);
      expect([...found.callees].filter((name) => name !== callee)).toEqual([]);
    }
    expect(kept).toHaveLength(2 * TIMES);
  });

  it('takes fewer samples where they cost more than they may, and estimates the same', () => {
    const often = 20 * TIMES;
    function allocateHere() {
      for (let time = 0; time < often; time++) new ArrayBuffer(BYTES);
    }
    using sampling = startExternalSampling({ intervalBytes: INTERVAL, measure: 'total', budgetShare: 1e-5 });
    allocateHere();
    const found = byFunction(sampling.read(), 'allocateHere');
    expectNear(found, often * BYTES, often);
    expect(found.samples).toBeLessThan((often * BYTES) / INTERVAL / 4);
  });

  it('counts a Buffer of the pool with its own length', () => {
    const kept: Buffer[] = [];
    using sampling = start('live', 4_096);
    function poolHere() {
      for (let time = 0; time < 20_011; time++) kept.push(Buffer.from('x'.repeat(97)));
    }
    poolHere();
    expectNear(byFunction(sampling.read(), 'poolHere'), 20_011 * 97, 20_011);
  });

  it('counts once what one function of Buffer makes by another', () => {
    using sampling = start('total');
    const part = Buffer.alloc(BYTES);
    function concatHere() {
      for (let time = 0; time < TIMES; time++) Buffer.concat([part, part]);
    }
    concatHere();
    expectNear(byFunction(sampling.read(), 'concatHere'), 2 * BYTES * TIMES, TIMES);
  });

  it('does not count views, nor what V8 keeps in its heap', () => {
    const bytes = new ArrayBuffer(BYTES);
    const foreign: ArrayBuffer = runInNewContext(`new ArrayBuffer(${BYTES})`);
    using sampling = start('total', 1);
    function viewHere() {
      new Uint8Array(bytes);
      new Uint8Array(foreign, 8, 1_000);
      new DataView(bytes);
      Buffer.from(bytes);
      new Uint8Array(bytes).subarray(3);
      new Uint8Array(64);
      Buffer.alloc(64);
    }
    viewHere();
    expect(byFunction(sampling.read(), 'viewHere').samples).toBe(0);
  });

  it('knows what is still held, in the middle of synchronous code', () => {
    const kept: Uint8Array[] = [];
    using sampling = start('live');
    function keepHere() {
      for (let time = 0; time < TIMES; time++) kept.push(new Uint8Array(BYTES));
    }
    function wasteHere() {
      for (let time = 0; time < TIMES; time++) new Uint8Array(BYTES);
    }
    keepHere();
    wasteHere();
    sampling.letGo();
    collect();
    const reading = sampling.read();
    expectNear(byFunction(reading, 'keepHere'), TIMES * BYTES, TIMES);
    expect(byFunction(reading, 'wasteHere').samples).toBe(0);
    expect(runInNewContext('typeof gc')).toBe('undefined'); // the program gets no collector of ours
  });

  it('follows the bytes through resize and transfer', () => {
    using sampling = start('live', 1);
    function growHere() {
      const grown = makeResizable(997, 100_003);
      grown.resize(99_991);
      return grown;
    }
    const grown = growHere();
    expect(byFunction(sampling.read(), 'growHere')).toMatchObject({ sizeBytes: 99_991, samples: 2 });
    if (typeof grown.transfer !== 'function') return; // Node 20
    const moved = grown.transfer();
    collect();
    const transferred = byFunction(sampling.read(), 'growHere');
    expect(moved.byteLength).toBe(99_991);
    expect(transferred.sizeBytes).toBeGreaterThan(99_991 - 997 - 1);
    structuredClone(moved, { transfer: [moved] });
    expect(byFunction(sampling.read(), 'growHere').sizeBytes).toBeLessThan(997 + 1);
  });

  it('sees what fs and zlib make in Node for the program', async () => {
    const file = join(tmpdir(), `memx-external-${process.pid}`);
    await writeFile(file, Buffer.alloc(1_000_003, 1));
    const zipped = gzipSync(Buffer.alloc(1_000_003, 1));
    using sampling = start('live');
    async function readHere() {
      return await readFile(file);
    }
    function unzipHere() {
      return gunzipSync(zipped);
    }
    const kept = [await readHere(), unzipHere()];
    const reading = sampling.read();
    await rm(file);
    expect(byFunction(reading, 'readHere').sizeBytes).toBeGreaterThan(900_000);
    expect(byFunction(reading, 'unzipHere').sizeBytes).toBeGreaterThan(900_000);
    expect(kept).toHaveLength(2);
  });

  it('tells how many bytes grew without being seen', () => {
    collect();
    using sampling = start('live');
    const seen = new Uint8Array(20_000_003);
    const unseen: ArrayBuffer = runInNewContext('new ArrayBuffer(10_000_019)');
    const { unseen: rest } = sampling.read();
    expect(rest?.sizeBytes).toBeGreaterThan(9_000_000);
    expect(rest?.sizeBytes).toBeLessThan(11_000_000);
    expect(seen.length + unseen.byteLength).toBe(30_000_022);
  });

  it('gives the places of the calls, exactly', () => {
    using sampling = start('total', 1);
    function placeHere() {
      return [new ArrayBuffer(997), Buffer.alloc(997)];
    }
    placeHere();
    const frames = sampling
      .read()
      .stacks.map(({ stack }) => stack.find(({ functionName }) => functionName === 'placeHere'));
    expect(frames).toHaveLength(2);
    expect(frames[0]?.line).toBe(frames[1]?.line);
    expect(frames[1]?.column).toBeGreaterThan(frames[0]?.column ?? Number.POSITIVE_INFINITY);
    expect(frames[0]?.filename).toMatch(/external-sampling\.test\.ts$/);
  });

  it("leaves the program's own prepareStackTrace and stackTraceLimit as they are, and does not call it", () => {
    let calls = 0;
    const { prepareStackTrace: before, stackTraceLimit: limit } = Error;
    const own = () => {
      calls += 1;
      return 'own';
    };
    Error.prepareStackTrace = own;
    Error.stackTraceLimit = 3;
    try {
      using sampling = start('total', 1);
      new ArrayBuffer(997);
      expect(sampling.read().stacks[0]?.stack.length).toBeGreaterThan(3);
      expect([Error.prepareStackTrace, Error.stackTraceLimit, calls]).toEqual([own, 3, 0]);
    } finally {
      if (before) Error.prepareStackTrace = before;
      else Reflect.deleteProperty(Error, 'prepareStackTrace');
      Error.stackTraceLimit = limit;
    }
  });

  it('is shared: each reads what came after its own start; other options are refused', () => {
    using outer = start('total', 1);
    const kept = [new ArrayBuffer(997)];
    using inner = start('total', 1);
    kept.push(new ArrayBuffer(1_009));
    const bytes = ({ stacks }: ExternalReading) => stacks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect([bytes(outer.read()), bytes(inner.read())]).toEqual([2_006, 1_009]);
    expect(() => start('live', 1)).toThrow(MemxError);
    expect(kept).toHaveLength(2);
  });
});
