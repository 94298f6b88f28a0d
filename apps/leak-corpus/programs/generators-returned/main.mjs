// Checkout as a generator per cart; a cart that is left behind is ended.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const carts = new Map();
let abandoned = 0;

function* checkout(id) {
  try {
    const items = Array.from({ length: 4 }, (_, i) => ({ sku: `${id}-${i}`, amount: 1 }));
    const address = yield `address for ${items.length} items`;
    return { items, payment: yield `payment to ${address}` };
  } finally {
    carts.delete(id);
  }
}

let n = 0;
let paid = 0;
while (Date.now() < END) {
  const steps = checkout(n);
  carts.set(n, steps);
  steps.next();
  steps.next('1 Main Street');
  if (n % 5 === 0 && steps.next('card').done) paid++;
  const late = carts.get(n - 100);
  if (late?.return('abandoned').done) abandoned++;
  n++;
  await sleep(4);
}
console.log(`ops=${n} paid=${paid} abandoned=${abandoned}`);
