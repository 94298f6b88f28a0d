import type { AllocationProfile } from '../allocation/allocation-profile.js';
import { type Estimate, stacksOf } from '../allocation/profile-builder.js';
import type { CallStack } from '../allocation/sampling-profile-decoder.js';
import { frameAt } from '../allocation/stack-frame.js';

/** A stack in the terms of a format that knows neither threads nor negative bytes: outermost frame first. */
export interface PositiveStack extends Estimate {
  readonly frames: CallStack;
}

const GREW = '(grew)';
const SHRANK = '(shrank)';
const WORKER = /^\(worker (\d+)\)$/;

const named = (functionName: string) => frameAt({ functionName, filename: '', line: 0, column: 0 });

/**
 * Tells by frames around the outermost one what such a format has no field for: `(worker 3)` for a thread that is not
 * the main one, `(grew)` or `(shrank)` in a difference.
 */
export function toPositiveStacks(profile: AllocationProfile): PositiveStack[] {
  return [...stacksOf(profile)].map(({ threadId, stack, sizeBytes, ...quality }) => ({
    frames: [
      ...(threadId === 0 ? [] : [named(`(worker ${threadId})`)]),
      ...(profile.kind === 'profile' ? [] : [named(sizeBytes < 0 ? SHRANK : GREW)]),
      ...stack.toReversed(),
    ],
    sizeBytes: Math.abs(sizeBytes),
    ...quality,
  }));
}

/** The way back. `isDifference` is whether the outer frames said so. */
export function fromPositiveStack({ frames, sizeBytes, ...quality }: PositiveStack) {
  const worker = isBare(frames[0]) ? WORKER.exec(frames[0]?.functionName ?? '') : null;
  const rest = worker ? frames.slice(1) : frames;
  const sign = isBare(rest[0]) ? rest[0]?.functionName : undefined;
  const isDifference = sign === GREW || sign === SHRANK;
  return {
    threadId: worker ? Number(worker[1]) : 0,
    stack: (isDifference ? rest.slice(1) : rest).toReversed(),
    estimate: { sizeBytes: sign === SHRANK ? -sizeBytes : sizeBytes, ...quality },
    isDifference,
  };
}

function isBare(frame: CallStack[number] | undefined): boolean {
  return frame?.filename === '' && frame.line === 0;
}
