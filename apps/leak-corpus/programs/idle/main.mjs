// A service without traffic, but for its own health check.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
let healthy = 0;

async function check() {
  await null;
  return process.uptime() > 0;
}

let n = 0;
while (Date.now() < END) {
  if (await check()) healthy++;
  n++;
  await sleep(500);
}
console.log(`ops=${n} healthy=${healthy}`);
