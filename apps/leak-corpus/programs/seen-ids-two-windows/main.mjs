// Consumer that must not handle a message twice within two windows.
import { setTimeout as sleep } from 'node:timers/promises';

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const END = Date.now() + RUN_MS;
let now = new Set();
let before = new Set();
setInterval(() => {
  before = now;
  now = new Set();
}, RUN_MS / 6).unref();

function isNew(id) {
  if (now.has(id) || before.has(id)) return false;
  now.add(id);
  return true;
}

let n = 0;
let handled = 0;
while (Date.now() < END) {
  for (let i = 0; i < 6; i++) {
    const serial = n * 5 + (i % 5);
    if (isNew(`eu-west-1/orders/${serial.toString(16).padStart(12, '0')}`)) handled++;
  }
  n++;
  await sleep(5);
}
console.log(`ops=${handled}`);
