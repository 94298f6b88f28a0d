'use strict';
// Settles the accounts of a shop every twelfth of the run.
const { setTimeout: sleep } = require('node:timers/promises');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const END = Date.now() + RUN_MS;

async function settle(n) {
  const postings = Array.from({ length: 8000 }, (_, i) => ({
    id: `${n}/${i}`,
    account: i % 40,
    cents: (i * 37) % 991,
  }));
  await sleep(RUN_MS / 40); // the ledger
  const sums = new Map();
  for (const { account, cents } of postings) sums.set(account, (sums.get(account) ?? 0) + cents);
  return sums.size;
}

(async () => {
  let n = 0;
  let accounts = 0;
  while (Date.now() < END) {
    accounts += await settle(n++);
    await sleep(RUN_MS / 12 - RUN_MS / 40);
  }
  console.log(`ops=${n} accounts=${accounts}`);
})();
