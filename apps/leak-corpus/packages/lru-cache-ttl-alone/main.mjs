// One-time codes live for half a second. They are sent in campaigns, and most are never used.
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const codes = new LRUCache({ ttl: 500 });

class OneTimeCode {
  constructor(account) {
    this.account = `account-${account}`;
    this.digits = (account * 7919) % 1_000_000;
  }
}

function sendCampaign(first, count) {
  for (let i = first; i < first + count; i++) codes.set(`code-${i}`, new OneTimeCode(i));
}

let n = 0;
let used = 0;
while (Date.now() < END) {
  sendCampaign(n, 220);
  n += 220;
  await sleep(100);
  for (let i = n - 20; i < n; i++) if (codes.get(`code-${i}`)) used++;
  await sleep(1400);
}
console.log(`ops=${n} used=${used}`);
process.exit(0);
