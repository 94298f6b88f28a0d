'use strict';
// Job runner: each job races against its own time limit.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

async function load(id) {
  await null;
  return { id, rows: Array.from({ length: 20 }, (_, i) => id + i) };
}

async function runJob(id) {
  const limit = new AbortController();
  const tooLate = sleep(1000, 'late', { signal: limit.signal }).catch(() => 'cancelled');
  const winner = await Promise.race([tooLate, load(id)]);
  limit.abort();
  return typeof winner === 'string' ? 0 : winner.rows.length;
}

(async () => {
  let n = 0;
  let rows = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 4; i++) rows += await runJob(n++);
    await sleep(5);
  }
  console.log(`ops=${n} rows=${rows}`);
})();
