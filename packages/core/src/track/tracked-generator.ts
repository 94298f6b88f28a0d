import type { MemorySeries } from '../series/memory-series.js';
import type { TrackedCall } from './tracked-call.js';

/** What a tracked generator knows once it is done; undefined before. */
export interface GeneratorMeasurement<Result> {
  /** What it returned; stays undefined when it threw. */
  readonly result: Result | undefined;
  readonly memoryUsage: MemorySeries | undefined;
}

/** Iterates like the original; tracked from its first step to its last, the consumer's work in between included. */
export interface TrackedGenerator<Yielded, Result, Sent>
  extends Generator<Yielded, Result, Sent>,
    GeneratorMeasurement<Result> {}

/** Iterates like the original; tracked from its first step to its last, the consumer's work in between included. */
export interface TrackedAsyncGenerator<Yielded, Result, Sent>
  extends AsyncGenerator<Yielded, Result, Sent>,
    GeneratorMeasurement<Result> {}

type Step = 'next' | 'return' | 'throw';

/** The last step of a generator is seen once, however often it is asked again. */
interface Ending<Result> extends GeneratorMeasurement<Result> {
  begin(): void;
  observe(step: IteratorResult<unknown, Result>): void;
  fail(error: unknown): void;
}

export function trackGenerator<Y, R, N>(
  generator: Generator<Y, R, N>,
  begin: () => TrackedCall,
): TrackedGenerator<Y, R, N> {
  const ending = createEnding<R>(begin);
  const step = (name: Step, args: unknown[]): IteratorResult<Y, R> => {
    ending.begin();
    try {
      const taken: IteratorResult<Y, R> = Reflect.apply(generator[name], generator, args);
      ending.observe(taken);
      return taken;
    } catch (error) {
      ending.fail(error);
      throw error;
    }
  };
  return createHandle(generator, Symbol.iterator, { ending, step });
}

export function trackAsyncGenerator<Y, R, N>(
  generator: AsyncGenerator<Y, R, N>,
  begin: () => TrackedCall,
): TrackedAsyncGenerator<Y, R, N> {
  const ending = createEnding<R>(begin);
  const step = async (name: Step, args: unknown[]): Promise<IteratorResult<Y, R>> => {
    ending.begin();
    try {
      const taken: IteratorResult<Y, R> = await Reflect.apply(generator[name], generator, args);
      ending.observe(taken);
      return taken;
    } catch (error) {
      ending.fail(error);
      throw error;
    }
  };
  return createHandle(generator, Symbol.asyncIterator, { ending, step });
}

function createEnding<Result>(begin: () => TrackedCall): Ending<Result> {
  let call: TrackedCall | undefined;
  let result: Result | undefined;
  let memoryUsage: MemorySeries | undefined;
  return {
    begin() {
      call ??= begin();
    },
    observe(step) {
      if (memoryUsage !== undefined || !step.done) return;
      result = step.value;
      memoryUsage = call?.end({ outcome: 'returned' });
    },
    fail(error) {
      memoryUsage ??= call?.end({ outcome: 'threw', error });
    },
    get result() {
      return result;
    },
    get memoryUsage() {
      return memoryUsage;
    },
  };
}

/** On the generator's own prototype, so that iterator helpers, `instanceof` and the user's additions stay. */
function createHandle<Handle>(
  generator: object,
  iterator: typeof Symbol.iterator | typeof Symbol.asyncIterator,
  { ending, step }: { ending: Ending<unknown>; step: (name: Step, args: unknown[]) => unknown },
): Handle {
  const method = (value: (...args: unknown[]) => unknown): PropertyDescriptor => ({
    value,
    configurable: true,
  });
  return Object.create(Object.getPrototypeOf(generator), {
    next: method((...args) => step('next', args)),
    return: method((...args) => step('return', args)),
    throw: method((...args) => step('throw', args)),
    [iterator]: method(function (this: unknown) {
      return this;
    }),
    result: { get: () => ending.result, enumerable: true },
    memoryUsage: { get: () => ending.memoryUsage, enumerable: true },
  });
}
