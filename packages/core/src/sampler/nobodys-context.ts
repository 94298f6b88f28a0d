import { builtin } from '../builtin.js';

const { AsyncResource } = builtin('node:async_hooks');

/** Made when memx is loaded, which is seldom within anybody's request. */
const nobody = new AsyncResource('MEMX');

/**
 * Timers and threads remember the asynchronous context in which they were made. Made in here they remember none, or
 * else one user's request and its AsyncLocalStorage would be held for as long as anything is tracked.
 */
export function inNobodysContext<T>(make: () => T): T {
  return nobody.runInAsyncScope(make);
}
