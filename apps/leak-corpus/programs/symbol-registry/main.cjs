'use strict';
// Jobs are marked with symbols, so that the marks collide with nothing.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

function tag(queue, n) {
  return Symbol.for(`job:${queue}:${n}`);
}

function run(n) {
  const mark = tag(n % 2 ? 'mail' : 'images', n);
  const job = { [mark]: true, n };
  return job[mark] ? 1 : 0;
}

(async () => {
  let n = 0;
  let done = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 4; i++) done += run(n++);
    await sleep(5);
  }
  console.log(`ops=${n} done=${done}`);
})();
