'use strict';
// Report filters are compiled from text, used once and dropped.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const rows = Array.from({ length: 50 }, (_, i) => ({ at: i * 20, amount: (i * 37) % 101 }));

(async () => {
  let n = 0;
  let hits = 0;
  while (Date.now() < END) {
    const filter = new Function(
      'row',
      `return row.at > ${n++} && row.amount < 50 || row.amount === ${n % 101};`,
    );
    hits += rows.filter(filter).length;
    await sleep(8);
  }
  console.log(`ops=${n} hits=${hits}`);
})();
