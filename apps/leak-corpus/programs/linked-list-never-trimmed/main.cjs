'use strict';
// Audit trail as a singly linked list from the first visit to the last.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class Visit {
  constructor(path, at) {
    this.path = path;
    this.at = at;
    this.next = null;
  }
}

const trail = { first: new Visit('/', 0), length: 1 };
let last = trail.first;

function remember(path, at) {
  const visit = new Visit(path, at);
  last.next = visit;
  last = visit;
  trail.length++;
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 4; i++) remember(`/pages/${n++}`, Date.now());
    await sleep(5);
  }
  console.log(`ops=${n} length=${trail.length}`);
})();
