'use strict';
// Change tracking with proxies, one per target, held weakly.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const observed = new WeakMap();
let changes = 0;

const handler = {
  set(object, key, value) {
    changes++;
    object[key] = value;
    return true;
  },
};

function observe(target) {
  if (!observed.has(target)) observed.set(target, new Proxy(target, handler));
  return observed.get(target);
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 3; i++) {
      const invoice = { number: `2026-${n++}`, state: 'draft' };
      observe(invoice).state = 'sent';
      observe(invoice).state = 'paid';
    }
    await sleep(6);
  }
  console.log(`ops=${n} changes=${changes}`);
})();
