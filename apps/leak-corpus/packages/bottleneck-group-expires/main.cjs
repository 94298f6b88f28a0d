'use strict';
// A limiter per customer; a limiter that was idle for a second is dropped.
const { setTimeout: sleep } = require('node:timers/promises');
const Bottleneck = require('bottleneck');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const group = new Bottleneck.Group({ maxConcurrent: 2, timeout: 1000 });

(async () => {
  let n = 0;
  let done = 0;
  while (Date.now() < END) {
    const customer = `customer-${n++}`;
    done += await group.key(customer).schedule(async () => customer.length % 2);
    await sleep(8);
  }
  for (const key of group.keys()) await group.deleteKey(key);
  console.log(`ops=${n} done=${done}`);
  process.exit(0);
})();
