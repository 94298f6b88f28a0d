import type { RawCallFrame, RawProfileNode, RawSamplingProfile } from '../inspector/heap-protocol.js';
import { type StackFrame, toStackFrame } from './stack-frame.js';

/** Frames of one call stack, innermost first. */
export type CallStack = readonly StackFrame[];

/** Puts other frames, or other places, where V8 named the start of a function. Called once per stack and reading. */
export type StackRefiner = (stack: CallStack) => CallStack;

/** One sampled object. `sizeBytes` is V8's unbiased estimate of all the bytes that the sample stands for. */
export interface AllocationSample {
  readonly stack: CallStack;
  readonly sizeBytes: number;
  /** Counts up in the order of allocation; the number of a dead object does not come again. */
  readonly ordinal: number;
}

/**
 * Turns V8's sampling profiles into memx's, reading after reading. Frames are kept between readings (one
 * object per function), so a watch that reads for hours grows with the program's code only.
 */
export class SamplingProfileDecoder {
  #frames = new Map<string, StackFrame>();
  readonly #refine: StackRefiner;

  constructor(refine: StackRefiner = (stack) => stack) {
    this.#refine = refine;
  }

  decode({ head, samples }: RawSamplingProfile): AllocationSample[] {
    const stacks = this.#decodeStacks(head);
    return samples.map(({ size, nodeId, ordinal }) => ({
      stack: stacks.get(nodeId) ?? [],
      sizeBytes: size,
      ordinal,
    }));
  }

  #decodeStacks(head: RawProfileNode): Map<number, CallStack> {
    const stacks = new Map<number, CallStack>([[head.id, []]]);
    const pending: { node: RawProfileNode; stack: CallStack }[] = [{ node: head, stack: [] }];
    for (let next = pending.pop(); next; next = pending.pop()) {
      for (const child of next.node.children) {
        const stack = [this.#frame(child.callFrame), ...next.stack];
        stacks.set(child.id, this.#refine(stack));
        pending.push({ node: child, stack });
      }
    }
    return stacks;
  }

  #frame(raw: RawCallFrame): StackFrame {
    const key = `${raw.scriptId}:${raw.lineNumber}:${raw.columnNumber}:${raw.functionName}`;
    let frame = this.#frames.get(key);
    if (!frame) {
      frame = toStackFrame(raw);
      this.#frames.set(key, frame);
    }
    return frame;
  }
}
