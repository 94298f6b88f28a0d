'use strict';
// An order that is not paid in time is cancelled by a one-off job.
const schedule = require('node-schedule');
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
let cancelled = 0;

function cancelLater(order) {
  schedule.scheduleJob(new Date(Date.now() + 40), () => {
    if (!order.paid) cancelled++;
  });
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    cancelLater({ id: n, paid: n % 3 === 0, rows: [n % 7, n % 11] });
    n++;
    await sleep(6);
  }
  await sleep(100);
  console.log(`ops=${n} cancelled=${cancelled}`);
})();
