'use strict';
// Rules are reloaded without a restart: read and parsed.
const { readFile } = require('node:fs/promises');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
let rules = [];

async function reload() {
  rules = JSON.parse(await readFile(join(__dirname, 'rules.json'), 'utf8'));
}

(async () => {
  let n = 0;
  let matched = 0;
  while (Date.now() < END) {
    await reload();
    if (rules.some(({ pattern }) => `/admin/${n}`.startsWith(pattern))) matched++;
    n++;
    await sleep(20);
  }
  console.log(`ops=${n} matched=${matched}`);
})();
