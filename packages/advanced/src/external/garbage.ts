import { setFlagsFromString } from 'node:v8';
import { createContext, Script } from 'node:vm';

/** What makes liveness readable in the middle of synchronous code. */
export interface Garbage {
  /**
   * Lets go of what V8 keeps alive for the rest of the current job because a WeakRef of it was made or read: in a long
   * synchronous loop that would be every sampled buffer. V8 does so after the microtasks of any queue, also of one that
   * is empty, so that nothing of the program runs early. 1–3 µs (Node 20–26).
   *
   * The program's own WeakRefs are let go of as well: one that it read earlier in the same job may be empty at its next
   * reading, if nothing else holds the object and V8 collects in between.
   */
  letGo(): void;
  /**
   * Makes `process.memoryUsage().external` true after a full collection: a thread of V8 frees the buffers, and they count
   * until the next collection of any kind (500 MB freed still count 500 MB, Node 20–26). 0.3–8 ms.
   */
  finishFreeing(): void;
}

/** A context of its own, with a queue of microtasks of its own and with `gc`: 0.7 ms and 0.2–0.3 MiB, once. */
export function openGarbage(): Garbage {
  const context = withCollector(() => createContext({}, { microtaskMode: 'afterEvaluate' }));
  const nothing = new Script('0');
  const collect: Collect | null = new Script("typeof gc === 'function' ? gc : null").runInContext(context);
  return {
    letGo: () => {
      nothing.runInContext(context);
    },
    finishFreeing: () => collect?.({ type: 'minor', execution: 'sync' }),
  };
}

type Collect = (options: { readonly type: 'minor'; readonly execution: 'sync' }) => void;

/** V8 gives `gc` to the contexts that are made while the flag is on; the program's own must not get one. */
function withCollector<T>(create: () => T): T {
  if ('gc' in globalThis) return create(); // the program asked for it
  setFlagsFromString('--expose-gc');
  try {
    return create();
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}
