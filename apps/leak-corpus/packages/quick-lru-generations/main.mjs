// Recent searches: the cache keeps two generations, and drops the older one when the newer is full.
import { setTimeout as sleep } from 'node:timers/promises';
import QuickLRU from 'quick-lru';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const recent = new QuickLRU({ maxSize: 160 });

let n = 0;
let hits = 0;
while (Date.now() < END) {
  const key = `search ${n % 3 === 0 ? n : n % 50}`;
  if (recent.has(key)) hits += recent.get(key).words.length;
  else recent.set(key, { words: key.split(' '), rank: n, notes: `found ${n} in ${n % 9}`.repeat(3) });
  n++;
  await sleep(3);
}
console.log(`ops=${n} hits=${hits} size=${recent.size}`);
