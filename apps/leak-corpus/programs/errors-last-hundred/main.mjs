// The status page lists the last hundred failures.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const failures = [];

function charge(n) {
  if (n % 4 === 0) throw new RangeError(`limit of card ${n} exceeded`);
  return { receipt: n };
}

let n = 0;
let paid = 0;
while (Date.now() < END) {
  for (let i = 0; i < 4; i++) {
    try {
      paid += charge(n++).receipt > 0 ? 1 : 0;
    } catch (error) {
      failures.push(new Error(`customer ${n}`, { cause: error }));
      if (failures.length > 100) failures.shift();
    }
  }
  await sleep(8);
}
console.log(`ops=${n} paid=${paid} failures=${failures.length}`);
