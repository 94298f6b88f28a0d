'use strict';
// Attachments are zipped; the results are buffers that V8 frees when it gets to it.
const { setTimeout: sleep } = require('node:timers/promises');
const { unzipSync, zipSync } = require('fflate');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

function zipAttachments(n) {
  const files = Object.fromEntries(
    Array.from({ length: 4 }, (_, i) => [`a${i}.txt`, Buffer.alloc(60_000, `row ${n + i} `)]),
  );
  const zipped = zipSync(files, { level: 1 });
  return Object.values(unzipSync(zipped)).reduce((sum, { length }) => sum + length, 0);
}

(async () => {
  let n = 0;
  let bytes = 0;
  while (Date.now() < END) {
    bytes += zipAttachments(n++);
    await sleep(25);
  }
  console.log(`ops=${n} bytes=${bytes}`);
})();
