'use strict';
// Timings are in a WeakMap "so that they cannot leak", but the admin page keeps every exchange.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const timings = new WeakMap();
const history = [];

class Exchange {
  constructor(n) {
    this.url = `/api/items/${n}`;
    this.status = 0;
  }
}

class Timing {
  constructor(n) {
    this.marks = [n, n + 2, n + 9];
    this.labels = { dns: n % 3, connect: n % 7, wait: n % 11 };
  }
}

function begin(n) {
  const exchange = new Exchange(n);
  timings.set(exchange, new Timing(n));
  history.push(exchange);
  return exchange;
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    const exchange = begin(n++);
    await sleep(3);
    exchange.status = 200;
  }
  console.log(`ops=${n} last=${history.at(-1).status}`);
})();
