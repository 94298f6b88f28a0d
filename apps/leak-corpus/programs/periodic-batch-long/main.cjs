'use strict';
// Collects measurements and writes them out four times a run.
const { setTimeout: sleep } = require('node:timers/promises');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
let measurements = [];
let written = 0;

function writeOut() {
  written += Buffer.byteLength(JSON.stringify(measurements));
  measurements = [];
}

(async () => {
  let n = 0;
  let batches = 0;
  for (let elapsed = 0; elapsed < RUN_MS; elapsed = Date.now() - START) {
    for (let i = 0; i < 3; i++)
      measurements.push({ sensor: `s${n % 12}`, at: elapsed, value: (n++ * 7) % 300 });
    if (elapsed > ((batches + 1) * RUN_MS) / 4.3) {
      batches++;
      writeOut();
    }
    await sleep(4);
  }
  console.log(`ops=${n} written=${written}`);
})();
