'use strict';
// Batches of imports come and go.
const { setTimeout: sleep } = require('node:timers/promises');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
let batch = [];

(async () => {
  let n = 0;
  let batches = 0;
  for (let elapsed = 0; elapsed < RUN_MS; elapsed = Date.now() - START) {
    for (let i = 0; i < 10; i++, n++) batch.push({ id: n, cells: [`a${n}`, `b${n}`, n % 3] });
    if (elapsed > (batches + 1) * (RUN_MS / 16)) {
      batches++;
      batch = [];
    }
    await sleep(4);
  }
  console.log(`ops=${n} batches=${batches}`);
})();
