// Open carts over the day: more in the evening, fewer in the morning.
import { setTimeout as sleep } from 'node:timers/promises';

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const carts = new Map();

let n = 0;
for (let elapsed = 0; elapsed < RUN_MS; elapsed = Date.now() - START) {
  const wanted = Math.round(2750 - 2250 * Math.cos((2 * Math.PI * elapsed) / (RUN_MS / 7)));
  for (; carts.size < wanted; n++) carts.set(n, { customer: `c${n}`, items: [{ sku: n % 83, amount: 1 }] });
  for (const oldest of carts.keys()) {
    if (carts.size <= wanted) break;
    carts.delete(oldest);
  }
  await sleep(5);
}
console.log(`ops=${n} carts=${carts.size}`);
