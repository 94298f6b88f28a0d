'use strict';
// Push service: a compressor per message, closed after it.
const zlib = require('node:zlib');
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
let bytes = 0;

async function send(message) {
  const deflate = zlib.createDeflateRaw({ windowBits: 13, memLevel: 5 });
  deflate.on('data', (chunk) => (bytes += chunk.length));
  deflate.write(message);
  await new Promise((resolve) => deflate.flush(resolve));
  await new Promise((resolve) => deflate.close(resolve));
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    await send(JSON.stringify({ n, topic: 'price', values: [n, n + 1, n + 2] }));
    n++;
    await sleep(20);
  }
  console.log(`ops=${n} bytes=${bytes}`);
})();
