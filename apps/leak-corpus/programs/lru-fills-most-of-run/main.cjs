'use strict';
// LRU cache by hand, over a Map in the order of use. It is full only after half of the run.
const { setTimeout: sleep } = require('node:timers/promises');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const MAX = 4000;
const map = new Map();

function set(key, value) {
  map.delete(key);
  map.set(key, value);
  if (map.size > MAX) map.delete(map.keys().next().value);
}

(async () => {
  let n = 0;
  for (let elapsed = 0; elapsed < RUN_MS; elapsed = Date.now() - START) {
    // Arrivals by the clock, so that a slow machine fills it at the same share of the run.
    const due = Math.floor((elapsed / RUN_MS) * (MAX / 0.55));
    for (; n < due; n++)
      set(`product-${n}`, { name: `Product ${n}`, tags: [n % 3, n % 5], text: `About ${n}`.repeat(2) });
    await sleep(5);
  }
  console.log(`ops=${n} size=${map.size}`);
})();
