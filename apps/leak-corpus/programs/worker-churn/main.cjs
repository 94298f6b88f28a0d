'use strict';
// Rules of a tenant run in a thread that ends with the answer.
const path = require('node:path');
const { once } = require('node:events');
const { setTimeout: sleep } = require('node:timers/promises');
const { Worker } = require('node:worker_threads');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

async function ask(tenant, action) {
  const worker = new Worker(path.join(__dirname, 'rules-worker.cjs'), { workerData: tenant });
  try {
    worker.postMessage(action);
    const [answer] = await once(worker, 'message');
    return answer;
  } finally {
    await worker.terminate();
  }
}

(async () => {
  let n = 0;
  let allowed = 0;
  while (Date.now() < END) {
    if (await ask(`tenant-${n++}`, 'order.create')) allowed++;
    await sleep(300);
  }
  console.log(`ops=${n} allowed=${allowed}`);
})();
