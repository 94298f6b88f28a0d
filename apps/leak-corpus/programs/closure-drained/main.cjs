'use strict';
// Order intake: work that must follow the commit is collected in callbacks, which every 50th order runs.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class IncomingOrder {
  constructor(n) {
    this.id = `order-${n}`;
    this.customer = `customer-${n % 700}`;
    this.lines = Array.from({ length: 5 }, (_, i) => ({ sku: `sku-${(n + i) % 97}`, amount: 1 + (i % 3) }));
  }
}

const receipt = { sent: 0, send: (_id, lines) => (receipt.sent += lines) };
const afterCommit = [];

function receive(n) {
  const order = new IncomingOrder(n);
  const total = order.lines.reduce((sum, { amount }) => sum + amount, 0);
  afterCommit.push(() => receipt.send(order.id, order.lines.length));
  if (afterCommit.length === 50) for (const send of afterCommit.splice(0)) send();
  return total;
}

(async () => {
  let n = 0;
  let pieces = 0;
  while (Date.now() < END) {
    pieces += receive(n++);
    await sleep(3);
  }
  console.log(`ops=${n} pieces=${pieces} sent=${receipt.sent}`);
})();
