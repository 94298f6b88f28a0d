'use strict';
// Each job logs under a name; levels are set by name.
const { setTimeout: sleep } = require('node:timers/promises');
const loglevel = require('loglevel');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
loglevel.setDefaultLevel('error');

function runJob(n) {
  const log = loglevel.getLogger(`import-${n}`);
  log.debug('begins', n);
  return Array.from({ length: 20 }, (_, i) => i * n).reduce((sum, value) => sum + value, 0);
}

(async () => {
  let n = 0;
  let sum = 0;
  while (Date.now() < END) {
    sum += runJob(n++);
    await sleep(45);
  }
  console.log(`ops=${n} sum=${sum}`);
})();
