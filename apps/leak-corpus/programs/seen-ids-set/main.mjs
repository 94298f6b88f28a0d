// Consumer that must not handle a message twice.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const seen = new Set();

function isNew(id) {
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}

function* receive(n) {
  for (let i = 0; i < 5; i++) yield { id: `eu-west-1/orders/${(n * 5 + i).toString(16).padStart(12, '0')}` };
  yield { id: `eu-west-1/orders/${(n * 5).toString(16).padStart(12, '0')}` }; // delivered again
}

let n = 0;
let handled = 0;
while (Date.now() < END) {
  for (const { id } of receive(n++)) if (isNew(id)) handled++;
  await sleep(5);
}
console.log(`ops=${handled}`);
