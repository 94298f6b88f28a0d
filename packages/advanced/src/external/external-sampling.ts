import { checkNumber, checkOneOf, checkOptions, MemxError } from '@memx/core';
import type { EstimatedStack } from '../allocation/profile-builder.js';
import { type ExternalSample, ExternalSampler, type ExternalSamplerOptions } from './external-sampler.js';
import { type Restore, restoreAll } from './replace-property.js';
import { wrapBuffer } from './wrap-buffer.js';
import { wrapConstructor } from './wrap-constructor.js';
import { wrapResizing } from './wrap-resizing.js';
import { WASM_MEMORY, type WasmMemories, wrapWasmMemory } from './wrap-wasm-memory.js';

/** What was allocated outside of V8's heap since the sampling began. */
export interface ExternalReading {
  readonly stacks: readonly EstimatedStack[];
  /**
   * By how much `process.memoryUsage().external` grew beyond what `stacks` tell, with the error of that; null in a total
   * measurement, for which Node has no number. Memory that was there before and was freed since makes it smaller.
   */
  readonly unseen: { readonly sizeBytes: number; readonly standardErrorBytes: number } | null;
}

/** The samples that are alive, and the memory of WebAssembly in all. */
export interface LiveExternal {
  readonly samples: readonly ExternalSample[];
  readonly wasmBytes: number;
}

export interface ExternalSampling extends Disposable {
  /**
   * To be called before the collection that precedes a live reading. Where the program may run between the two, as when
   * another thread reads it, the ordinal that this returns keeps what it made and dropped meanwhile out of the reading.
   */
  letGo(): number;
  read(upTo?: number): ExternalReading;
  /** What is alive, sample by sample; of a live measurement only. */
  readSamples(upTo?: number): LiveExternal;
  /** Runs `action`, whose own buffers are not sampled. */
  pausedWhile<T>(action: () => T): T;
}

interface SharedSampling {
  readonly options: ExternalSamplerOptions;
  readonly sampler: ExternalSampler;
  readonly wasm: WasmMemories;
  readonly restore: Restore;
  users: number;
}

// One per thread, for the ESM and the CommonJS copy of memx.
const SHARED = Symbol.for('memx.external-sampling/2');
const registry = globalThis as typeof globalThis & { [SHARED]?: SharedSampling | undefined };

const VIEWS = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float16Array', // from Node 24 on
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
];

/**
 * Samples what this thread allocates outside of V8's heap, with its stacks: by `new ArrayBuffer`, `new
 * SharedArrayBuffer`, the typed arrays, the functions of `Buffer`, `resize`, `grow` and `transfer`, and the memory of
 * WebAssembly, where JavaScript first sees it grown. What Node makes natively (sockets, crypto, strings outside the heap,
 * structured clones) is not seen. Shared by all who
 * ask for it with the same options; the last one puts the original functions back.
 *
 * Costs about 30 ns a typed array or Buffer, 115–190 ns a `slice` or `subarray` of a typed array, and 10–100 µs a sample,
 * by the depth of its stack (Node 20, `pnpm bench external`).
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`; `ERR_MEMX_SESSION_BUSY` when it runs with other options.
 */
export function startExternalSampling(options: ExternalSamplerOptions): ExternalSampling {
  checkOptions('startExternalSampling', options, ['intervalBytes', 'measure', 'budgetShare']);
  checkNumber('intervalBytes', options.intervalBytes, { min: 1, integer: true });
  checkOneOf('measure', options.measure, ['live', 'total']);
  const shared = registry[SHARED] ?? start(options);
  if (shared.options.intervalBytes !== options.intervalBytes || shared.options.measure !== options.measure) {
    throw new MemxError('ERR_MEMX_SESSION_BUSY', {
      what: 'External memory of this thread is already sampled with other options',
      value: shared.options,
      remedy: 'Give both the same samplingIntervalBytes and measure, or stop the other one first.',
    });
  }
  shared.users += 1;
  return shareOf(shared);
}

function shareOf({ sampler, wasm, options }: SharedSampling): ExternalSampling {
  const mark = sampler.mark();
  sampler.finishFreeing();
  const externalBefore = process.memoryUsage().external;
  let released = false;
  return {
    letGo: () => sampler.letGo(),
    read: (upTo) => {
      const { stacks, held } = sampler.pausedWhile(() => ({
        stacks: sampler.read(mark, upTo),
        held: sampler.read(mark), // Node counts the newest ones, too
      }));
      sampler.finishFreeing();
      const grown = process.memoryUsage().external - externalBefore;
      const counted = held.filter(({ stack }) => isCountedByNode(stack[0]?.functionName ?? '', wasm));
      return { stacks, unseen: options.measure === 'live' ? unseenBeside(counted, grown) : null };
    },
    readSamples: (upTo) => {
      const samples = sampler.pausedWhile(() => sampler.readSamples(upTo));
      sampler.finishFreeing();
      return { samples, wasmBytes: wasm.totalBytes() };
    },
    pausedWhile: (action) => sampler.pausedWhile(action),
    [Symbol.dispose]() {
      if (released) return;
      released = true;
      release();
    },
  };
}

function unseenBeside(stacks: readonly EstimatedStack[], grownBytes: number): ExternalReading['unseen'] {
  const seenBytes = stacks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const variance = stacks.reduce((sum, { standardErrorBytes }) => sum + (standardErrorBytes ?? 0) ** 2, 0);
  return { sizeBytes: grownBytes - seenBytes, standardErrorBytes: Math.round(Math.sqrt(variance)) };
}

/** Whether `process.memoryUsage().external` has what was made by this callee: no shared memory, and of WebAssembly not always. */
function isCountedByNode(callee: string, wasm: WasmMemories): boolean {
  if (callee === WASM_MEMORY) return wasm.areCountedByNode();
  return !callee.includes('SharedArrayBuffer');
}

function start(options: ExternalSamplerOptions): SharedSampling {
  const sampler = new ExternalSampler(options);
  const wasm = wrapWasmMemory(sampler);
  const restore = restoreAll([
    wasm.restore,
    ...['ArrayBuffer', 'SharedArrayBuffer', ...VIEWS].map((name) => wrapConstructor(name, sampler)),
    wrapBuffer(sampler),
    wrapResizing(sampler, (from, to) => sampler.move(from, to)),
  ]);
  const shared = { options, sampler, wasm, restore, users: 0 };
  registry[SHARED] = shared;
  return shared;
}

function release(): void {
  const shared = registry[SHARED];
  if (!shared) return;
  shared.users -= 1;
  if (shared.users > 0) return;
  registry[SHARED] = undefined;
  shared.restore();
  shared.sampler.end();
}
