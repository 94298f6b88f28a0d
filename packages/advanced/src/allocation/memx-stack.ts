import type { CallStack } from './sampling-profile-decoder.js';
import type { StackFrame } from './stack-frame.js';

/** What memx calls to instrument a file and to read a source map; a program may call them, too. */
const LIBRARIES = /^(acorn|@jridgewell\/.*)$/;

/**
 * Leaves out what memx allocates, itself or through what it calls, and takes its frames out of the other stacks: the
 * program runs below some of them (`trackMemory`, a middleware, the hook of `Module.prototype._compile`).
 */
export function dropMemx<Allocation extends { readonly stack: CallStack }>(
  allocations: readonly Allocation[],
  isOfMemx: (frame: StackFrame) => boolean,
): Allocation[] {
  const cleaned = new Map<CallStack, CallStack>(); // V8's samples of one stack share its array, and go on to do so
  return allocations.flatMap((allocation) => {
    let stack = cleaned.get(allocation.stack);
    if (!stack) {
      if (isAllocatedByMemx(allocation.stack, isOfMemx)) return [];
      stack = allocation.stack.filter((frame) => !isOfMemx(frame));
      cleaned.set(allocation.stack, stack);
    }
    return { ...allocation, stack };
  });
}

function isAllocatedByMemx(stack: CallStack, isOfMemx: (frame: StackFrame) => boolean): boolean {
  const index = stack.findIndex(
    ({ origin, packageName }) =>
      origin === 'own' || (origin === 'dependency' && !LIBRARIES.test(packageName ?? '')),
  );
  const allocator = stack[index];
  if (!allocator || !isOfMemx(allocator)) return false;
  const called = stack.slice(0, index).findLast(({ origin }) => origin !== 'engine');
  // memx calls Node's loader for one thing: to go on with a file of the program.
  return !called?.filename.startsWith('node:internal/modules/');
}
