'use strict';
// Audit trail as a singly linked list of the last 500 visits.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const trail = { first: { path: '/', next: null }, length: 1 };
let last = trail.first;

function remember(path) {
  last.next = { path, next: null };
  last = last.next;
  if (++trail.length > 500) {
    trail.first = trail.first.next;
    trail.length--;
  }
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 4; i++) remember(`/pages/${n++}`);
    await sleep(5);
  }
  console.log(`ops=${n} length=${trail.length}`);
})();
