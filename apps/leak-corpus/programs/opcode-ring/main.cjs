'use strict';
// Flight recorder: the opcodes of the last 131,072 steps, in sixteen pages that are made when first needed.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const PAGE = 8192;
const pages = new Array(16);
let steps = 0;

function record(opcode) {
  const page = Math.floor(steps / PAGE) % pages.length;
  pages[page] ??= new Uint16Array(PAGE);
  pages[page][steps++ % PAGE] = opcode;
}

(async () => {
  while (Date.now() < END) {
    for (let i = 0; i < 400; i++) record((steps * 37) & 0xff);
    await sleep(6);
  }
  console.log(`ops=${steps}`);
})();
