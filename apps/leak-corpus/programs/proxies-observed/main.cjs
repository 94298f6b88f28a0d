'use strict';
// Change tracking with proxies. observe() is called for every record that is loaded.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const observed = [];
let changes = 0;

class Invoice {
  constructor(n) {
    this.number = `2026-${n}`;
    this.state = 'draft';
    this.total = n % 1000;
  }
}

function notify(object, key, value) {
  changes++;
  object[key] = value;
  return true;
}

function observe(target) {
  const proxy = new Proxy(target, { set: (object, key, value) => notify(object, key, value) });
  observed.push(proxy);
  return proxy;
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 3; i++) observe(new Invoice(n++)).state = 'sent';
    await sleep(6);
  }
  console.log(`ops=${n} changes=${changes}`);
})();
