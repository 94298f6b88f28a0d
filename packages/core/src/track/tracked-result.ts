import type { MemorySeries } from '../series/memory-series.js';
import type { TrackedAsyncGenerator, TrackedGenerator } from './tracked-generator.js';

/** What a tracked function returned, and the memory of the process while it ran. */
export interface TrackedResult<Result> {
  readonly result: Result;
  readonly memoryUsage: MemorySeries;
}

/** What becomes of a function's return type. */
export type Tracked<Returned> = [Returned] extends [never]
  ? never
  : 0 extends 1 & Returned // any
    ? TrackedResult<Returned>
    : [Returned] extends [AsyncGenerator<infer Y, infer R, infer N>]
      ? TrackedAsyncGenerator<Y, R, N>
      : [Returned] extends [Generator<infer Y, infer R, infer N>]
        ? TrackedGenerator<Y, R, N>
        :
            | TrackedPlain<Exclude<Returned, PromiseLike<unknown>>>
            | TrackedPromise<Extract<Returned, PromiseLike<unknown>>>;

type TrackedPlain<Returned> = [Returned] extends [never] ? never : TrackedResult<Returned>;
type TrackedPromise<Returned> = [Returned] extends [never]
  ? never
  : Promise<TrackedResult<Awaited<Returned>>>;
