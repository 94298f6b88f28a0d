import type { AllocationProfile } from './allocation-profile.js';
import type { CallStack } from './sampling-profile-decoder.js';
import type { StackFrame } from './stack-frame.js';

/**
 * A frame of a stack that was captured in the program: line and column are those of the call. The start of its function
 * is what a {@link StackRefiner} knows it by; published profiles do not hold it.
 */
export interface CallFrame extends StackFrame {
  readonly functionStart: { readonly line: number; readonly column: number };
}

/** The stack as V8's profile would tell it: every frame at the start of its function. */
export function atFunctionStarts(stack: CallStack): {
  readonly starts: CallStack;
  readonly calls: CallStack;
} {
  return {
    starts: stack.map((frame) => (isCallFrame(frame) ? { ...frame, ...frame.functionStart } : frame)),
    calls: stack.map(withoutStart),
  };
}

/** The profile with calls where they are, and nothing else of them. */
export function keepCallPlaces(profile: AllocationProfile): AllocationProfile {
  return { ...profile, frames: profile.frames.map(withoutStart) };
}

function withoutStart(frame: StackFrame): StackFrame {
  if (!isCallFrame(frame)) return frame;
  const { functionStart, ...rest } = frame;
  return rest;
}

function isCallFrame(frame: StackFrame): frame is CallFrame {
  return 'functionStart' in frame;
}
