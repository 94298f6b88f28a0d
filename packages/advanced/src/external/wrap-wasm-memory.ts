import { dressAs, type Restore, replaceProperty, restoreAll } from './replace-property.js';
import type { SamplingGate, Wrapper } from './sampling-gate.js';

interface WasmMemory {
  readonly buffer: ArrayBufferLike;
}

type MemoryConstructor = new (descriptor: unknown) => WasmMemory;
/** The original getter. */
type BufferReader = (memory: WasmMemory) => ArrayBufferLike;
type Grow = (this: WasmMemory, pages: number) => number;

/** The memories of WebAssembly that JavaScript has seen. */
export interface WasmMemories {
  /** What they have now; what has grown unseen since, too. */
  totalBytes(): number;
  /** Whether `process.memoryUsage().external` has them: on Node 20 to 24 it does, on Node 26 no more. */
  areCountedByNode(): boolean;
  readonly restore: Restore;
}

/** What is called, in the stacks: nobody's function made it grow. */
export const WASM_MEMORY = 'WebAssembly.Memory';
const FIRST_SWEEP = 64;

/**
 * Counts the memory of WebAssembly. It grows inside of WebAssembly, where nobody can look; but to reach what is in it,
 * JavaScript must read `memory.buffer`, which is another object after each growth. So growth belongs to the one who reads it
 * first: whoever copies in or out after the call that grew. Memories that are created or grown by JavaScript are counted there.
 *
 * A memory that no JavaScript ever reads is not seen.
 */
export function wrapWasmMemory(gate: SamplingGate): WasmMemories {
  const owner = (globalThis as { WebAssembly?: { Memory?: MemoryConstructor } }).WebAssembly;
  const Original = owner?.Memory;
  const getBuffer = Original && Object.getOwnPropertyDescriptor(Original.prototype, 'buffer')?.get;
  if (!owner || !Original || !getBuffer) {
    return { totalBytes: () => 0, areCountedByNode: () => false, restore: () => {} };
  }
  const readBuffer: BufferReader = (memory) => getBuffer.call(memory);
  const book = new MemoryBook(gate, readBuffer);
  const restore = restoreAll([
    wrapConstruction(owner, Original, book),
    wrapGrow(Original, book),
    wrapBufferGetter(Original, book),
  ]);
  let areCounted: boolean | null = null;
  return {
    totalBytes: () => book.totalBytes(),
    areCountedByNode: () => {
      areCounted ??= areMemoriesCounted(Original, readBuffer);
      return areCounted;
    },
    restore,
  };
}

function areMemoriesCounted(Memory: MemoryConstructor, readBuffer: BufferReader): boolean {
  const before = process.memoryUsage().external;
  const { byteLength } = readBuffer(new Memory({ initial: 1 }));
  return process.memoryUsage().external - before >= byteLength;
}

/** What was last seen of each memory. */
class MemoryBook {
  readonly #gate: SamplingGate;
  readonly #readBuffer: BufferReader;
  readonly #seen = new WeakMap<WasmMemory, { buffer: ArrayBufferLike; sizeBytes: number }>();
  #memories: WeakRef<WasmMemory>[] = [];
  #sweepAt = FIRST_SWEEP;

  constructor(gate: SamplingGate, readBuffer: BufferReader) {
    this.#gate = gate;
    this.#readBuffer = readBuffer;
  }

  look(memory: WasmMemory, wrapper: Wrapper): ArrayBufferLike {
    const buffer = this.#readBuffer(memory); // throws for what is no memory, as the original does
    const last = this.#seen.get(memory);
    if (last?.buffer === buffer) return buffer;
    const { byteLength } = buffer;
    this.#seen.set(memory, { buffer, sizeBytes: byteLength });
    if (!last) this.#remember(memory);
    const sizeBytes = byteLength - (last?.sizeBytes ?? 0);
    if (sizeBytes <= 0) return buffer;
    this.#gate.remainingBytes -= sizeBytes;
    if (this.#gate.remainingBytes <= 0)
      this.#gate.take({ callee: WASM_MEMORY, sizeBytes, holder: memory, wrapper });
    return buffer;
  }

  totalBytes(): number {
    return this.#sweep().reduce((total, memory) => total + this.#readBuffer(memory).byteLength, 0);
  }

  #remember(memory: WasmMemory): void {
    this.#memories.push(new WeakRef(memory));
    if (this.#memories.length < this.#sweepAt) return;
    this.#sweep();
    this.#sweepAt = Math.max(FIRST_SWEEP, 2 * this.#memories.length);
  }

  #sweep(): WasmMemory[] {
    const held = this.#memories.flatMap((reference) => {
      const memory = reference.deref();
      return memory ? { reference, memory } : [];
    });
    this.#memories = held.map(({ reference }) => reference);
    return held.map(({ memory }) => memory);
  }
}

/** A Proxy, for its cost does not matter here: a memory takes 64 KiB and more. */
function wrapConstruction(owner: object, Original: MemoryConstructor, book: MemoryBook): Restore {
  const construct = (target: MemoryConstructor, args: unknown[], newTarget: MemoryConstructor) => {
    const memory = Reflect.construct(target, args, newTarget) as WasmMemory;
    book.look(memory, construct as unknown as Wrapper);
    return memory;
  };
  const stand = new Proxy(Original, { construct: construct as never });
  return restoreAll([
    replaceProperty(Original.prototype, 'constructor', stand),
    replaceProperty(owner, 'Memory', stand),
  ]);
}

function wrapGrow({ prototype }: MemoryConstructor, book: MemoryBook): Restore {
  const original = Reflect.get(prototype, 'grow') as Grow | undefined;
  if (typeof original !== 'function') return () => {};
  // Of what came before, somebody else is the cause. A method cannot be called with `new`, like those of the language.
  const { wrapper } = {
    wrapper(this: WasmMemory, pages: number) {
      book.look(this, wrapper as unknown as Wrapper);
      const result = original.call(this, pages);
      book.look(this, wrapper as unknown as Wrapper);
      return result;
    },
  };
  dressAs(wrapper, original);
  return replaceProperty(prototype, 'grow', wrapper);
}

function wrapBufferGetter({ prototype }: MemoryConstructor, book: MemoryBook): Restore {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'buffer');
  if (!descriptor?.get || !descriptor.configurable) return () => {};
  const stand = Object.getOwnPropertyDescriptor(
    {
      get buffer(): ArrayBufferLike {
        return book.look(this as WasmMemory, get as unknown as Wrapper);
      },
    },
    'buffer',
  );
  const get = stand?.get as () => ArrayBufferLike;
  dressAs(get, descriptor.get);
  Object.defineProperty(prototype, 'buffer', { ...descriptor, get });
  return () => {
    if (Object.getOwnPropertyDescriptor(prototype, 'buffer')?.get !== get) return;
    Object.defineProperty(prototype, 'buffer', descriptor);
  };
}
