'use strict';
// Import jobs re-read their mapping on SIGHUP.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
process.setMaxListeners(0);

class ImportJob {
  constructor(n) {
    this.file = `/in/batch-${n}.csv`;
    this.mapping = { id: 0, name: 1, price: 2 + (n % 2) };
    this.reloads = 0;
  }
  start() {
    process.on('SIGHUP', () => this.reload());
    return this;
  }
  reload() {
    this.reloads++;
  }
}

(async () => {
  let n = 0;
  let columns = 0;
  while (Date.now() < END) {
    columns += Object.keys(new ImportJob(n++).start().mapping).length;
    await sleep(4);
  }
  console.log(`ops=${n} columns=${columns}`);
  process.exit(0);
})();
