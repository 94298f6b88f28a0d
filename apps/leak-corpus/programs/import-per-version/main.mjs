// Price rules are hot-swapped: every version is imported under a query of its own.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

function loadPricing(version) {
  return import(`./pricing.mjs?version=${version}`);
}

let n = 0;
let cents = 0;
while (Date.now() < END) {
  const { priceOf } = await loadPricing(n++);
  cents += priceOf({ amount: n % 13, unit: 199 });
  await sleep(30);
}
console.log(`ops=${n} cents=${cents}`);
