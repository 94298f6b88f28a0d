'use strict';
// Request context by AsyncLocalStorage, read deep inside the work.
const { AsyncLocalStorage, AsyncResource } = require('node:async_hooks');
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const store = new AsyncLocalStorage();
const onInvalidate = new Set();

async function handle() {
  const { requestId } = store.getStore();
  const local = new Map([[requestId, { at: 1 }]]);
  const forget = AsyncResource.bind(() => local.delete(requestId));
  onInvalidate.add(forget);
  try {
    await sleep(3);
    return local.size;
  } finally {
    onInvalidate.delete(forget);
  }
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    await store.run(
      { requestId: `r-${n}`, headers: { cookie: `sid=${n.toString(36).padStart(32, '0')}` } },
      handle,
    );
    n++;
  }
  console.log(`ops=${n}`);
})();
