'use strict';
// Job runner: each job races against the promise of a shutdown.
const { setTimeout: sleep } = require('node:timers/promises');

const SECONDS = Number(process.env.MEMX_CASE_SECONDS || 20);
let stop;
const shutdown = new Promise((resolve) => {
  stop = resolve;
});
let stopping = false;
setTimeout(() => {
  stopping = true;
  stop('shutdown');
}, SECONDS * 1000);

async function load(id) {
  await null;
  return { id, rows: Array.from({ length: 20 }, (_, i) => id + i) };
}

async function runJob(id) {
  const winner = await Promise.race([shutdown, load(id)]);
  return winner === 'shutdown' ? 0 : winner.rows.length;
}

(async () => {
  let n = 0;
  let rows = 0;
  while (!stopping) {
    for (let i = 0; i < 4; i++) rows += await runJob(n++);
    await sleep(5);
  }
  console.log(`ops=${n} rows=${rows}`);
})();
