import { readFunctionBytes } from './function-bytes.js';
import type { AllocationSample, CallStack } from './sampling-profile-decoder.js';
import { frameAt, type StackFrame } from './stack-frame.js';

/** Innermost in stacks of objects that have the size of a function. Published profiles do not hold it. */
const FUNCTION_SIZED = frameAt({ functionName: '(function-sized)', filename: '', line: 0, column: 0 });

/** How a heap is sampled. */
export interface SampledAs {
  readonly measure: 'live' | 'total';
  readonly samplingIntervalBytes: number;
}

/**
 * Keeps samples of objects that have the size of an arrow function apart from others of their stack: of instrumented
 * files some are inserted functions, which whoever knows these files leaves out (`LineResolver`).
 *
 * In a live profile there are none to tell: no inserted function that is made anew outlives its expression.
 */
export function markFunctionSized(
  samples: readonly AllocationSample[],
  { measure, samplingIntervalBytes }: SampledAs,
): readonly AllocationSample[] {
  if (measure === 'live') return samples;
  const sampledBytes = bytesOfSample(readFunctionBytes(), samplingIntervalBytes);
  const marked = new Map<CallStack, CallStack>(); // samples of one stack share its array, and go on to do so
  return samples.map((sample) => {
    if (sample.sampledBytes !== sampledBytes) return sample;
    const stack = marked.get(sample.stack) ?? [FUNCTION_SIZED, ...sample.stack];
    marked.set(sample.stack, stack);
    return { ...sample, stack };
  });
}

/** The stack without the mark. */
export function readFunctionSized(stack: CallStack): {
  readonly isMarked: boolean;
  readonly stack: CallStack;
} {
  const isMarked = stack[0] !== undefined && isMark(stack[0]);
  return { isMarked, stack: isMarked ? stack.slice(1) : stack };
}

function isMark({ functionName, origin }: StackFrame): boolean {
  return origin === 'engine' && functionName === FUNCTION_SIZED.functionName; // it may have crossed a process
}

/** What V8 has a sample stand for: as many objects of its size as it is expected to have passed over, rounded (Node 20–26). */
function bytesOfSample(objectBytes: number, intervalBytes: number): number {
  return objectBytes * Math.floor(1 / (1 - Math.exp(-objectBytes / intervalBytes)) + 0.5);
}
