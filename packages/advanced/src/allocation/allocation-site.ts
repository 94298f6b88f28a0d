import type { CallStack } from './sampling-profile-decoder.js';
import type { StackFrame } from './stack-frame.js';

/**
 * Who allocates: the innermost function that somebody wrote. `Set.prototype.add` and Node's internals are
 * passed over, unless the stack holds nothing else. Null for a stack without a frame (V8 itself).
 */
export function allocatorOf(stack: CallStack): StackFrame | null {
  return (
    stack.find(({ origin }) => origin === 'own' || origin === 'dependency') ??
    stack.find(({ origin }) => origin === 'node') ??
    stack[0] ??
    null
  );
}

/** The program's own function nearest to the allocation: what its author can change. */
export function ownCallerOf(stack: CallStack): StackFrame | null {
  return stack.find(({ origin }) => origin === 'own') ?? null;
}

/**
 * Who calls the program's own function that allocates, where that is the program, too: who makes the objects of a class whose
 * constructor is the allocator.
 */
export function callerOfOwn(stack: CallStack): StackFrame | null {
  const inner = stack.findIndex(({ origin }) => origin === 'own');
  const own = stack[inner];
  if (!own) return null;
  const caller = stack
    .slice(inner + 1)
    .find(
      ({ origin, functionName, filename }) =>
        origin !== 'engine' && (functionName !== own.functionName || filename !== own.filename),
    );
  return caller?.origin === 'own' ? caller : null;
}

/** Node's own function that did the allocation for its caller, when there is one. */
export function nodeCalleeOf(stack: CallStack): StackFrame | null {
  const innermost = stack.find(({ origin }) => origin !== 'engine');
  return innermost?.origin === 'node' ? innermost : null;
}

export function frameKey({ filename, line, column, functionName }: StackFrame): string {
  return `${filename}:${line}:${column}:${functionName}`;
}
