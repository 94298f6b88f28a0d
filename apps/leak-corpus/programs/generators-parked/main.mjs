// Checkout as a generator per cart. Most carts are left behind at the payment step.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const carts = new Map();

function* checkout(id) {
  const items = Array.from({ length: 4 }, (_, i) => ({ sku: `${id}-${i}`, amount: 1 }));
  const address = yield `address for ${items.length} items`;
  const payment = yield `payment to ${address}`;
  carts.delete(id);
  return { items, address, payment };
}

function begin(id) {
  const steps = checkout(id);
  carts.set(id, steps);
  steps.next();
  return steps.next('1 Main Street');
}

let n = 0;
let paid = 0;
while (Date.now() < END) {
  begin(n);
  if (n % 5 === 0 && carts.get(n).next('card').done) paid++;
  n++;
  await sleep(4);
}
console.log(`ops=${n} paid=${paid}`);
