'use strict';
// Rate limiter: one counter per address and minute, in a plain object.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const counters = {};
let minute = 0;

function allow(address, limit) {
  const key = `${address}@${minute}`;
  counters[key] = (counters[key] ?? 0) + 1;
  return counters[key] <= limit;
}

(async () => {
  let n = 0;
  let refused = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 6; i++, n++) {
      const address = `192.168.${(n >> 7) & 255}.${n & 127}`;
      if (!allow(address, 3)) refused++;
    }
    if (n % 3000 === 0) minute++;
    await sleep(5);
  }
  console.log(`ops=${n} refused=${refused}`);
})();
