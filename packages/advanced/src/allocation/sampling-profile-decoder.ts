import type { RawCallFrame, RawProfileNode, RawSamplingProfile } from '../inspector/heap-protocol.js';
import { type StackFrame, toStackFrame } from './stack-frame.js';

/** Frames of one call stack, innermost first. */
export type CallStack = readonly StackFrame[];

/** One sampled object. `sizeBytes` is V8's unbiased estimate of all the bytes that the sample stands for. */
export interface AllocationSample {
  readonly stack: CallStack;
  readonly sizeBytes: number;
  /** The same as V8 rounds it for one sample: the size of the object can be told from it. */
  readonly sampledBytes: number;
  /** Counts up in the order of allocation; the number of a dead object does not come again. */
  readonly ordinal: number;
}

/**
 * Turns the sampling profiles of one session into memx's, reading after reading. Frames are kept between readings, one
 * object per function, so a watch that reads for hours grows with the program's code only; and by node, because V8
 * forgets the file of a node whose script was collected (a program whose last work is done), but not the node.
 */
export class SamplingProfileDecoder {
  readonly #frames = new Map<string, StackFrame>();
  #framesByNode = new Map<number, StackFrame>();

  decode({ head, samples }: RawSamplingProfile): AllocationSample[] {
    const stacks = this.#decodeStacks(head);
    const sums = new Map<number, number>();
    for (const { size, nodeId } of samples) sums.set(nodeId, (sums.get(nodeId) ?? 0) + size);
    return samples.map(({ size, nodeId, ordinal }) => {
      const { stack = [], selfSize = 0 } = stacks.get(nodeId) ?? {};
      const sizeBytes = unbiasedSize(size, selfSize, sums.get(nodeId) ?? 0);
      return { stack, sizeBytes, sampledBytes: size, ordinal };
    });
  }

  #decodeStacks(head: RawProfileNode): Map<number, { stack: CallStack; selfSize: number }> {
    const stacks = new Map([[head.id, { stack: [] as CallStack, selfSize: head.selfSize }]]);
    const framesByNode = new Map<number, StackFrame>();
    const pending: { node: RawProfileNode; stack: CallStack }[] = [{ node: head, stack: [] }];
    for (let next = pending.pop(); next; next = pending.pop()) {
      for (const child of next.node.children) {
        const frame = this.#framesByNode.get(child.id) ?? this.#frame(child.callFrame);
        const stack = [frame, ...next.stack];
        framesByNode.set(child.id, frame);
        stacks.set(child.id, { stack, selfSize: child.selfSize });
        pending.push({ node: child, stack });
      }
    }
    this.#framesByNode = framesByNode;
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

/**
 * V8 rounds what one sample stands for to whole objects, so that samples of 7,992 bytes at 64 KiB count 9 objects each
 * for 8.7, and those of 72 KiB 2 for 1.5; a node's size it rounds once, for all of its samples (Node 20–26).
 */
function unbiasedSize(size: number, nodeSize: number, sumOfSizes: number): number {
  return nodeSize > 0 && sumOfSizes > 0 ? size * (nodeSize / sumOfSizes) : size;
}
