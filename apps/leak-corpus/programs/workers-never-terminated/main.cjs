'use strict';
// Rules of each tenant run in a thread of its own. A tenant asks once or twice a day.
const path = require('node:path');
const { once } = require('node:events');
const { setTimeout: sleep } = require('node:timers/promises');
const { Worker } = require('node:worker_threads');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const workers = new Map();

function workerFor(tenant) {
  if (workers.has(tenant)) return workers.get(tenant);
  const worker = new Worker(path.join(__dirname, 'rules-worker.cjs'), { workerData: tenant });
  workers.set(tenant, worker);
  return worker;
}

(async () => {
  let n = 0;
  let allowed = 0;
  while (Date.now() < END) {
    const worker = workerFor(`tenant-${n++}`);
    worker.postMessage('order.create');
    const [answer] = await once(worker, 'message');
    if (answer) allowed++;
    await sleep(700);
  }
  console.log(`ops=${n} allowed=${allowed}`);
  process.exit(0); // the workers would keep the process alive
})();
