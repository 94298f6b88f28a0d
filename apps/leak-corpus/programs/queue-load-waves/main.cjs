'use strict';
// Outbox with rush hours: in the first half of each wave more comes in than goes out.
const { setTimeout: sleep } = require('node:timers/promises');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const WAVE_MS = RUN_MS / 6;
const queue = [];
let sent = 0;

(async () => {
  let n = 0;
  for (let elapsed = 0; elapsed < RUN_MS; elapsed = Date.now() - START) {
    const rush = elapsed % WAVE_MS < WAVE_MS / 2;
    for (let i = 0; i < (rush ? 12 : 2); i++, n++) {
      queue.push({
        to: `customer-${n}@example.org`,
        subject: `Your order ${n}`,
        paragraphs: [`order ${n}`, 'Yours'],
      });
    }
    for (const mail of queue.splice(0, 8)) sent += mail.paragraphs.length;
    await sleep(5);
  }
  console.log(`ops=${n} sent=${sent} waiting=${queue.length}`);
})();
