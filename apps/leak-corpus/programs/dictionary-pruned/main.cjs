'use strict';
// Rate limiter: one counter per address, in an object that lives for one window.
const { setTimeout: sleep } = require('node:timers/promises');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const END = Date.now() + RUN_MS;
let counters = Object.create(null);
setInterval(() => {
  counters = Object.create(null);
}, RUN_MS / 8).unref();

function allow(address, limit) {
  counters[address] = (counters[address] ?? 0) + 1;
  return counters[address] <= limit;
}

(async () => {
  let n = 0;
  let refused = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 6; i++, n++) {
      if (!allow(`192.168.${(n >> 7) & 255}.${n & 127}:${n}`, 3)) refused++;
    }
    await sleep(5);
  }
  console.log(`ops=${n} refused=${refused}`);
})();
