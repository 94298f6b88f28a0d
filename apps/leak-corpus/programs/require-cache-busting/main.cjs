'use strict';
// Rules are reloaded without a restart, by way of the require cache.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

function reloadRules() {
  delete require.cache[require.resolve('./rules.cjs')];
  return require('./rules.cjs');
}

(async () => {
  let n = 0;
  let matched = 0;
  while (Date.now() < END) {
    const rules = reloadRules();
    if (rules.match(`/admin/${n++}`)) matched++;
    await sleep(25);
  }
  console.log(`ops=${n} matched=${matched}`);
})();
