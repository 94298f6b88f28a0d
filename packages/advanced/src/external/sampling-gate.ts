/** What the wrapped functions see of the sampler: how many bytes may still pass before one allocation is taken. */
export interface SamplingGate {
  /** Whole, and small enough for V8 to keep it unboxed: a fractional one costs an allocation per call. */
  remainingBytes: number;
  take(allocation: ExternalAllocation): void;
}

/** Any function. */
export type Wrapper = (...args: never) => unknown;

export interface ExternalAllocation {
  /** What was called: `new ArrayBuffer`, `Buffer.alloc`. */
  readonly callee: string;
  readonly sizeBytes: number;
  /** As long as it is alive, the bytes are. */
  readonly holder: object;
  /** The wrapper; it and what is above it are no part of the stack. */
  readonly wrapper: Wrapper;
}

/**
 * Views of at most 64 bytes that are made of a length or a list lie in V8's heap (10,000 of `new Uint8Array(64)` add
 * 0 external bytes on Node 20–26), and are sampled there.
 */
export const MAX_ON_HEAP_BYTES = 64;

/** What holds the bytes of a view: its buffer, or the view itself where it has a part of a pool only. */
export function holderOf(view: ArrayBufferView): object {
  return view.byteLength === view.buffer.byteLength ? view.buffer : view;
}
