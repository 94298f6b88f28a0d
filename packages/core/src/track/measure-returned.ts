import { kindOfReturned } from './returned-kind.js';
import type { TrackedCall } from './tracked-call.js';
import { trackAsyncGenerator, trackGenerator } from './tracked-generator.js';

/** Makes `{ result, memoryUsage }` of what a tracked function returned, in the shape that fits it. */
export function measureReturned(
  returned: unknown,
  call: TrackedCall,
  beginAgain: () => TrackedCall,
): unknown {
  const returnedKind = kindOfReturned(returned);
  switch (returnedKind.kind) {
    case 'plain':
      return { result: returned, memoryUsage: call.end({ outcome: 'returned' }) };
    case 'promise':
    case 'thenable':
      return measureSettled(returnedKind.value, call);
    case 'generator':
      call.discard(); // nothing of its body has run yet
      return trackGenerator(returnedKind.value, beginAgain);
    case 'asyncGenerator':
      call.discard();
      return trackAsyncGenerator(returnedKind.value, beginAgain);
  }
}

async function measureSettled(promise: PromiseLike<unknown>, call: TrackedCall) {
  let result: unknown;
  try {
    result = await promise;
  } catch (error) {
    call.end({ outcome: 'threw', error });
    throw error;
  }
  return { result, memoryUsage: call.end({ outcome: 'returned' }) };
}
