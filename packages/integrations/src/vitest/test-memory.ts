/**
 * What one test did to the memory of its worker: from before its first `beforeEach` to after its last `afterEach`.
 * In `task.meta.memx`, for every reporter to see: {@link readTestMemory}. Of a test that is retried or repeated, the last attempt counts.
 */
export interface TestMemory {
  /** Growth of this isolate's heap. Holds garbage too, unless `garbageCollected`. */
  readonly heapUsedDeltaBytes: number;
  /** Growth of the memory outside the heap that its objects hold, array buffers included. */
  readonly externalDeltaBytes: number;
  /** Growth of the resident set of the whole process. */
  readonly rssDeltaBytes: number;
  /**
   * The largest resident set while the test and those overlapping it ran, as the operating system recorded it. Null
   * where it keeps one record for the whole process (macOS, Windows) and the test did not break it.
   */
  readonly rssPeakBytes: number | null;
  /** Whether full collections were forced before and after, so that the deltas are what the test keeps alive. */
  readonly garbageCollected: boolean;
  /** How many other tests ran at any moment of this one (`test.concurrent`): their memory is in these numbers. */
  readonly overlapped: number;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** What the plugin tells its setup file. */
    memx: { readonly forceGc: boolean };
  }
}

/**
 * Takes the numbers of a test out of its `meta`; undefined for a test that did not run, or not under the plugin.
 *
 * A function, because Vitest 3 and 4 declare `TaskMeta` where other packages cannot add to it.
 *
 * @example
 * onTestCaseResult(test) { const memory = readTestMemory(test.meta()); }
 */
export function readTestMemory(meta: object): TestMemory | undefined {
  return 'memx' in meta ? (meta.memx as TestMemory) : undefined;
}
