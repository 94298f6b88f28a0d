'use strict';
// A registry answers which packages fit a range; the ranges are remembered by the library, a thousand of them.
const { setTimeout: sleep } = require('node:timers/promises');
const semver = require('semver');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();

(async () => {
  let n = 0;
  let fits = 0;
  while (Date.now() - START < RUN_MS) {
    // By the clock, so that a slow machine fills it at the same share of the run.
    const due = Math.floor(((Date.now() - START) / RUN_MS) * (1000 / 0.5));
    for (; n < due; n++)
      if (semver.satisfies('3.4.5', `^${n % 5}.${n}.0 || >=${n}.0.0 <${n + 2}.0.0`)) fits++;
    await sleep(5);
  }
  console.log(`ops=${n} fits=${fits}`);
})();
