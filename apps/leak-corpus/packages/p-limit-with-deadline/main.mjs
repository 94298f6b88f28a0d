// Syncs with a partner go one after the other. One of them never gets its answer.
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const oneAtATime = pLimit(1);
let done = 0;

function askPartner(order) {
  if (order.id === 40) return new Promise(() => {}); // the answer is lost
  return sleep(1, order.rows.length);
}

async function sync(order) {
  const answer = await Promise.race([askPartner(order), sleep(200, 0)]);
  done += answer;
}

let n = 0;
while (Date.now() < END) {
  const order = { id: n, customer: `customer ${n % 70}`, rows: [n % 5, n % 7, n % 11] };
  oneAtATime(() => sync(order));
  n++;
  await sleep(10);
}
console.log(`ops=${n} done=${done} waiting=${oneAtATime.pendingCount}`);
process.exit(0);
