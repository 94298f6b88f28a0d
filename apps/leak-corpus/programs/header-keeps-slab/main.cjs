'use strict';
// Indexes a container file: of each chunk only the header is kept, as a view.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const headers = [];

function nextChunk(n) {
  return Buffer.alloc(65_536, n);
}

function index(chunk) {
  headers.push(chunk.subarray(0, 16));
  return chunk.readUInt32BE(0);
}

(async () => {
  let n = 0;
  let sum = 0;
  while (Date.now() < END) {
    sum += index(nextChunk(n++)) % 7;
    await sleep(60);
  }
  console.log(`ops=${n} sum=${sum} kept=${headers.length * 16}`);
})();
