import { threadId } from 'node:worker_threads';
import { hangOnGlobal } from '../external/hang-on-global.js';

const SERVED = 'memx.isolate/2';
/** Answers in a thread that called {@link serveIsolate} with its number. */
export const SERVED_THREAD = `globalThis[Symbol.for('${SERVED}')]?.threadId ?? null`;

/** Lets a watch of the main thread watch this worker's heap, too, through the worker's inspector. Costs nothing until then. */
export function serveIsolate(): void {
  hangOnGlobal(SERVED, { threadId });
}
