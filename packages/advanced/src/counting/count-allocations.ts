import { checkMethod, checkNumber, checkOptions, MemxError } from '@memx/core';
import { makeAsyncCalls, makeCalls } from './call-loops.js';
import { estimateExternalBytes } from './estimate-external-bytes.js';
import { estimateHeapBytes } from './estimate-heap-bytes.js';
import { type CountingPlan, type MeasuredCalls, measureWindows } from './measure-windows.js';

export interface CountAllocationsOptions {
  /** Calls to count; default 10,000, which give the bytes to within 1 %. */
  readonly iterations?: number;
  /**
   * Calls before them, not counted, for V8 to optimise the function. Default: one to ten times `iterations`, until
   * 0.1 s have passed; and up to three times as many again while what a call allocates still changes.
   */
  readonly warmUp?: number;
  /** Asked before each window of calls, about every 128 KiB. */
  readonly signal?: AbortSignal;
}

/** What a call allocates, whether or not it has been freed since. */
export interface AllocationCount {
  /** Bytes in V8's heap. */
  readonly bytesPerCall: number;
  /** Lower end of the 95 % interval of {@link bytesPerCall}, by batch means; the same when all calls are alike. */
  readonly lowBytesPerCall: number;
  /** Upper end; what V8 allocated for itself meanwhile (code, feedback, shapes) is in it. */
  readonly highBytesPerCall: number;
  /** Outside of V8's heap: buffers, WebAssembly, what native code declares. */
  readonly externalBytesPerCall: number;
  /** Calls that were counted. */
  readonly iterations: number;
  /** Garbage collections during these calls; what they freed is counted. */
  readonly collections: number;
}

/**
 * Counts the bytes that a call of a function allocates:
 *
 * ```ts
 * const { bytesPerCall } = countAllocations(() => parse(line));
 * const { externalBytesPerCall } = await countAllocations(() => readFile(path), { iterations: 1000 });
 * ```
 *
 * Calls are made in one go and the count is returned at once. Where the first call returns a promise, each waits for
 * the one before, a promise of the count is returned, and what else this thread does meanwhile is counted too.
 * A result is kept until the next call.
 *
 * It counts what optimised code allocates: an object that never leaves its function may cost nothing, and one that
 * is called with fewer types here than elsewhere may cost less. Memory that is taken in pools (`Buffer.allocUnsafe`:
 * 8 KiB at a time, 64 KiB from Node 24) shows where the calls are enough for many of them. A single call that fills
 * more than 250 KB with many objects is counted with the unused ends of V8's pages, up to an object in each.
 * On Node 20, shapes (hidden classes) that each call makes anew show in the interval's upper end only when fewer than
 * about 20,000 calls are made in all: V8 counts them by pages of 3,000.
 *
 * How: V8's counters are read around windows of about 128 KiB, between idle ones, and V8's GC profiler tells what
 * was freed inside. (`total_allocated_bytes` of Node 25 and later counts pages with their unused ends, and each reading
 * adds the rest of the current page: 4 to 10 % too much in a thousand calls of 13 KB, Node 26.10.)
 *
 * Cost: 10,000 calls of 16 bytes take 35 to 65 ms in all, of 10 KB 0.2 to 0.6 s (Node 20 to 26): beside the calls
 * themselves, 0.1 to 0.3 ms per window.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`; `ERR_MEMX_ABORTED`; `ERR_MEMX_UNSUPPORTED` when collections left no
 *   window to count. What the function throws is thrown on unchanged.
 */
export function countAllocations(
  fn: () => PromiseLike<unknown>,
  options?: CountAllocationsOptions,
): Promise<AllocationCount>;
export function countAllocations(fn: () => unknown, options?: CountAllocationsOptions): AllocationCount;
export function countAllocations(
  fn: () => unknown,
  options: CountAllocationsOptions = {},
): AllocationCount | Promise<AllocationCount> {
  const plan = { fn: checkCallable(fn), ...checkCountingOptions(options) };
  plan.checkCancelled();
  const first = fn();
  return isThenable(first)
    ? countAsync(plan, first)
    : summarize(makeCalls(measureWindows({ ...plan, idle: returnNothing })));
}

type CheckedPlan = Omit<CountingPlan, 'idle'>;

async function countAsync(plan: CheckedPlan, first: PromiseLike<unknown>): Promise<AllocationCount> {
  await first;
  // To wait for a promise costs the caller 48 to 100 bytes, be it settled or not: they are not the function's.
  const settled = Promise.resolve();
  return summarize(await makeAsyncCalls(measureWindows({ ...plan, idle: () => settled })));
}

function summarize({ counted: windows, oldBytes }: MeasuredCalls): AllocationCount {
  if (windows.length === 0) throw nothingCounted();
  const heap = estimateHeapBytes(windows, oldBytes);
  return {
    bytesPerCall: heap.bytes,
    lowBytesPerCall: heap.low,
    highBytesPerCall: heap.high,
    externalBytesPerCall: estimateExternalBytes(windows),
    iterations: windows.reduce((sum, { calls }) => sum + calls, 0),
    collections: windows.reduce((sum, { collections }) => sum + collections, 0),
  };
}

function checkCountingOptions(options: CountAllocationsOptions): Omit<CheckedPlan, 'fn'> {
  checkOptions('countAllocations', options, ['iterations', 'warmUp', 'signal']);
  const { iterations = 10_000, warmUp, signal } = options;
  const checked = signal && checkMethod('signal', signal, 'throwIfAborted');
  return {
    iterations: checkNumber('iterations', iterations, { min: 1, integer: true }),
    warmUp: warmUp === undefined ? 'auto' : checkNumber('warmUp', warmUp, { min: 0, integer: true }),
    checkCancelled: () => throwIfAborted(checked),
  };
}

function checkCallable(fn: () => unknown): () => unknown {
  if (typeof fn === 'function') return fn;
  throw new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: 'countAllocations has nothing to call',
    value: fn,
    remedy: 'Give a function that takes no arguments.',
  });
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new MemxError('ERR_MEMX_ABORTED', {
    what: 'Counting allocations was cancelled',
    remedy: 'Count again with fewer iterations, or give it more time.',
    cause: signal.reason,
  });
}

function nothingCounted(): MemxError {
  return new MemxError('ERR_MEMX_UNSUPPORTED', {
    what: 'Garbage collections hid what each of the calls allocated',
    remedy: 'Give more iterations, or count in a thread that does nothing else.',
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

function returnNothing(): undefined {}
