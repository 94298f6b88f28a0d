/**
 * Node's own modules, loaded when they are needed.
 *
 * To import one from ESM runs all of its lazy getters: `node:fs` and `node:util` take 3 ms and 2.3 MiB each in that
 * way (Node 24), where all of memx may take 5 ms and 1 MiB; `node:v8`, `node:worker_threads` and `node:crypto` are
 * dear in CommonJS too. This is free until it is called, and then loads what `require` would.
 */
export const builtin: typeof process.getBuiltinModule = process.getBuiltinModule;
