'use strict';
// Jobs are marked with symbols of their own.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

function run(n) {
  const mark = Symbol(`job:${n % 2 ? 'mail' : 'images'}:${n}`);
  const marks = new Map([[mark, { n, description: mark.description }]]);
  return marks.get(mark).description.length;
}

(async () => {
  let n = 0;
  let length = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 4; i++) length += run(n++);
    await sleep(5);
  }
  console.log(`ops=${n} length=${length}`);
})();
