import type { AllocationProfile, MemoryKind } from '../allocation/allocation-profile.js';
import { type Estimate, stacksOf } from '../allocation/profile-builder.js';
import type { CallStack } from '../allocation/sampling-profile-decoder.js';
import { frameAt } from '../allocation/stack-frame.js';

/** A stack in the terms of a format that knows neither threads nor negative bytes: outermost frame first. */
export interface PositiveStack extends Estimate {
  readonly frames: CallStack;
}

const GREW = '(grew)';
const SHRANK = '(shrank)';
const EXTERNAL = '(external memory)';
const WORKER = /^\(worker (\d+)\)$/;

const named = (functionName: string) => frameAt({ functionName, filename: '', line: 0, column: 0 });

/**
 * Tells by frames around the outermost one what such a format has no field for: `(worker 3)` for a thread that is not
 * the main one, `(grew)` or `(shrank)` in a difference, `(external memory)` for what is not in V8's heap.
 */
export function toPositiveStacks(profile: AllocationProfile): PositiveStack[] {
  return [...stacksOf(profile)].map(({ threadId, memory, stack, sizeBytes, count, ...quality }) => ({
    frames: [
      ...(threadId === 0 ? [] : [named(`(worker ${threadId})`)]),
      ...(profile.kind === 'profile' ? [] : [named(sizeBytes < 0 ? SHRANK : GREW)]),
      ...(memory === 'heap' ? [] : [named(EXTERNAL)]),
      ...stack.toReversed(),
    ],
    sizeBytes: Math.abs(sizeBytes),
    count: count === null ? null : sizeBytes < 0 ? 0 - count : count,
    ...quality,
  }));
}

/** The way back. `isDifference` is whether the outer frames said so. */
export function fromPositiveStack({ frames, sizeBytes, count, ...quality }: PositiveStack) {
  const worker = isBare(frames[0]) ? WORKER.exec(frames[0]?.functionName ?? '') : null;
  const signed = worker ? frames.slice(1) : frames;
  const sign = isBare(signed[0]) ? signed[0]?.functionName : undefined;
  const isDifference = sign === GREW || sign === SHRANK;
  const stack = isDifference ? signed.slice(1) : signed;
  const isExternal = isBare(stack[0]) && stack[0]?.functionName === EXTERNAL;
  const memory: MemoryKind = isExternal ? 'external' : 'heap';
  const hasShrunk = sign === SHRANK;
  return {
    owner: { threadId: worker ? Number(worker[1]) : 0, memory },
    stack: (isExternal ? stack.slice(1) : stack).toReversed(),
    estimate: {
      sizeBytes: hasShrunk ? -sizeBytes : sizeBytes,
      count: count !== null && hasShrunk ? 0 - count : count,
      ...quality,
    },
    isDifference,
  };
}

function isBare(frame: CallStack[number] | undefined): boolean {
  return frame?.filename === '' && frame.line === 0;
}
