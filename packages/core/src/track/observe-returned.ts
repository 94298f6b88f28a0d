import { kindOfReturned } from './returned-kind.js';
import type { TrackedCall } from './tracked-call.js';
import { trackAsyncGenerator, trackGenerator } from './tracked-generator.js';

/** Ends the call when what was returned is done, and gives the caller the same value. */
export function observeReturned(
  returned: unknown,
  call: TrackedCall,
  beginAgain: () => TrackedCall,
): unknown {
  const returnedKind = kindOfReturned(returned);
  switch (returnedKind.kind) {
    case 'plain':
      call.end({ outcome: 'returned' });
      return returned;
    case 'promise':
      return observePromise(returnedKind.value, call);
    case 'thenable':
      return observeThenable(returnedKind.value, call);
    case 'generator':
      call.discard(); // nothing of its body has run yet
      return trackGenerator(returnedKind.value, beginAgain);
    case 'asyncGenerator':
      call.discard();
      return trackAsyncGenerator(returnedKind.value, beginAgain);
  }
}

/** The promise that follows, and not a branch: else a rejection that nobody handles would count as handled. */
function observePromise(promise: Promise<unknown>, call: TrackedCall): Promise<unknown> {
  return promise.then(
    (value) => {
      call.end({ outcome: 'returned' });
      return value;
    },
    (error) => {
      call.end({ outcome: 'threw', error });
      throw error;
    },
  );
}

/**
 * A thenable of a library's own, such as a query that runs when it is awaited, is given back as it is: calling `then`
 * would run it a second time, and a promise in its place would lack its methods. Its next `then` is watched.
 */
function observeThenable(thenable: PromiseLike<unknown>, call: TrackedCall): PromiseLike<unknown> {
  const { then } = thenable;
  let seen = false;
  const before = Object.getOwnPropertyDescriptor(thenable, 'then');
  const watched = function (
    this: unknown,
    onFulfilled?: ((value: unknown) => unknown) | null,
    onRejected?: ((error: unknown) => unknown) | null,
  ): unknown {
    if (seen) return Reflect.apply(then, this, [onFulfilled, onRejected]);
    seen = true;
    // Without effect on what was frozen in the meantime.
    if (before === undefined) Reflect.deleteProperty(thenable, 'then');
    else Reflect.defineProperty(thenable, 'then', before);
    const fulfilled = (value: unknown) => {
      call.end({ outcome: 'returned' });
      return typeof onFulfilled === 'function' ? onFulfilled(value) : value;
    };
    const rejected = (error: unknown) => {
      call.end({ outcome: 'threw', error });
      if (typeof onRejected === 'function') return onRejected(error);
      throw error;
    };
    return Reflect.apply(then, this, [fulfilled, rejected]);
  };
  const canBeWatched = Reflect.defineProperty(thenable, 'then', {
    value: watched,
    configurable: true,
    writable: true,
  });
  if (!canBeWatched) call.end({ outcome: 'returned' });
  return thenable;
}
