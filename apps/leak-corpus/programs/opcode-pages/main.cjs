'use strict';
// Flight recorder: an opcode of two bytes for each step of the interpreter, from the very first on.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const PAGE = 8192;
const pages = [];
let at = PAGE;

function newPage() {
  const page = new Uint16Array(PAGE);
  pages.push(page);
  at = 0;
}

function record(opcode) {
  if (at === PAGE) newPage();
  pages[pages.length - 1][at++] = opcode;
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 400; i++) record((n++ * 37) & 0xff);
    await sleep(6);
  }
  console.log(`ops=${n} pages=${pages.length}`);
})();
