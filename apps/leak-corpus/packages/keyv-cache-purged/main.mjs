// Answers are kept for two seconds; a sweep each second drops what is over.
import { setTimeout as sleep } from 'node:timers/promises';
import Keyv from 'keyv';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const store = new Map();
const answers = new Keyv({ store, ttl: 2000 });

async function sweep() {
  for (const key of [...store.keys()]) await answers.get(key.replace(/^keyv:/, '')); // get() deletes what is over
}

let n = 0;
let swept = Date.now();
while (Date.now() < END) {
  await answers.set(`question ${n}`, { text: `answer ${n}`.repeat(4), votes: [n % 3, n % 5] });
  n++;
  if (Date.now() - swept > 1000) {
    swept = Date.now();
    await sweep();
  }
  await sleep(6);
}
console.log(`ops=${n} kept=${store.size}`);
