import { KERNEL_MODULE } from './kernel-module.js';

/** What snapshot-kernel.as exports. All places are bytes of its memory. */
export interface KernelLoops {
  readonly stoppedAt: { readonly value: number };
  readonly noted: { readonly value: number };
  readonly used: { value: number };
  readonly largestId: { readonly value: number };
  takeNodes(from: number, end: number, most: number, ...columns: number[]): number;
  countNodes(from: number, end: number, most: number, ...tables: number[]): number;
  takeEdges(from: number, end: number, most: number, ...columns: number[]): number;
  takeStrings(from: number, end: number, most: number, ...lists: number[]): number;
}

/** What is used of WebAssembly, which Node's types of version 20 do not name. */
interface WasmRuntime {
  Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const PAGE_BYTES = 1 << 16;

/**
 * Compiled once in a process. V8 would compile it again for each reader, and later once more as the loops become hot: of what
 * counting one's own heap adds to V8's CPU, all threads together, that was a third (Node 20.20.2, two busy cores: 11 %
 * became 8 % in runs beside each other; both are noisy).
 */
let compiled: object | undefined;

/**
 * Loops and memory of a kernel of its own: 1 ms. Null where there is no WebAssembly with vectors: under `--jitless`, on
 * processors of before 2008, where the address space is bounded. Readers then go byte by byte.
 */
export function startKernel(memoryBytes: number): { loops: KernelLoops; memory: ArrayBuffer } | null {
  const wasm = Reflect.get(globalThis, 'WebAssembly') as WasmRuntime | undefined;
  if (wasm === undefined) return null;
  try {
    const memory = new wasm.Memory({ initial: Math.ceil(memoryBytes / PAGE_BYTES) });
    compiled ??= new wasm.Module(Buffer.from(KERNEL_MODULE, 'base64'));
    const { exports } = new wasm.Instance(compiled, { env: { memory } });
    return { loops: exports as KernelLoops, memory: memory.buffer };
  } catch {
    return null;
  }
}
