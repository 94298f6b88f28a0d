'use strict';
// Outbox: 4 mails come in per tick, the relay takes 3.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const queue = [];
let sent = 0;

class Mail {
  constructor(n) {
    this.to = `customer-${n}@example.org`;
    this.subject = `Your order ${n}`;
    this.paragraphs = ['Dear customer,', `order ${n} is on its way.`, 'Yours, the shop'];
  }
}

function enqueue(n) {
  queue.push(new Mail(n));
}

function relay(batch) {
  for (const mail of queue.splice(0, batch)) sent += mail.paragraphs.length;
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 4; i++) enqueue(n++);
    relay(3);
    await sleep(5);
  }
  console.log(`ops=${n} sent=${sent} waiting=${queue.length}`);
})();
