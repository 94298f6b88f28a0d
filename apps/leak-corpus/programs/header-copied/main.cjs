'use strict';
// Indexes a container file: the headers of the last 1024 chunks are copied into one buffer.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const headers = Buffer.alloc(1024 * 16);

function index(chunk, n) {
  chunk.copy(headers, (n % 1024) * 16, 0, 16);
  return chunk.readUInt32BE(0);
}

(async () => {
  let n = 0;
  let sum = 0;
  while (Date.now() < END) {
    sum += index(Buffer.alloc(65_536, n), n) % 7;
    n++;
    await sleep(15);
  }
  console.log(`ops=${n} sum=${sum}`);
})();
