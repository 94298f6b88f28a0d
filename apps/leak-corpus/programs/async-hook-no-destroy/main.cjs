'use strict';
// Home-made tracing: the parent of each asynchronous resource is remembered. Promises are never forgotten.
const { createHook } = require('node:async_hooks');
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const scopes = new Map();

class AsyncScope {
  constructor(type, parent) {
    this.type = type;
    this.parent = parent;
    this.startedAt = Date.now();
  }
}

createHook({
  init(asyncId, type, triggerAsyncId) {
    scopes.set(asyncId, new AsyncScope(type, triggerAsyncId));
  },
}).enable();

(async () => {
  let n = 0;
  while (Date.now() < END) {
    await sleep(4);
    n++;
  }
  console.log(`ops=${n} scopes=${scopes.size}`);
})();
