'use strict';
// The cache's invalidation callbacks are bound to the async context of the request that asked first.
const { AsyncLocalStorage, AsyncResource } = require('node:async_hooks');
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const store = new AsyncLocalStorage();
const onInvalidate = [];

class RequestStore {
  constructor(n) {
    this.requestId = `r-${n}`;
    this.headers = { host: 'shop.example', cookie: `sid=${n.toString(36).padStart(32, '0')}` };
    this.query = new URLSearchParams({ page: `${n % 9}`, q: `term ${n}` }).toString();
  }
}

function subscribe(local, key) {
  onInvalidate.push(AsyncResource.bind(() => local.delete(key)));
}

async function handle() {
  const { requestId } = store.getStore();
  const local = new Map([[requestId, { at: 1 }]]);
  subscribe(local, requestId);
  await sleep(3);
  return local.size;
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    await store.run(new RequestStore(n), handle);
    n++;
  }
  console.log(`ops=${n} bound=${onInvalidate.length}`);
})();
