'use strict';
// Latencies by route go into histograms that grow with what they have to hold, and are reset each second.
const { setTimeout: sleep } = require('node:timers/promises');
const hdr = require('hdr-histogram-js');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const histograms = Array.from({ length: 24 }, () =>
  hdr.build({ numberOfSignificantValueDigits: 3, autoResize: true }),
);

(async () => {
  let n = 0;
  let p99 = 0;
  while (Date.now() - START < RUN_MS) {
    const share = Math.min(1, (Date.now() - START) / (RUN_MS * 0.55));
    const slowest = 2 ** Math.floor(8 + 14 * share);
    for (let i = 0; i < 20; i++, n++) histograms[n % 24].recordValue(1 + ((n * 7919) % slowest));
    if (n % 2000 === 0) p99 = histograms[0].getValueAtPercentile(99);
    await sleep(5);
  }
  console.log(`ops=${n} p99=${p99}`);
})();
