'use strict';
// Push service: each client has a compressor of its own. Clients leave, their compressors stay.
const zlib = require('node:zlib');
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const compressors = new Map();
let bytes = 0;

function compressorFor(client) {
  const deflate = zlib.createDeflateRaw({ windowBits: 13, memLevel: 5 });
  deflate.on('data', (chunk) => (bytes += chunk.length));
  compressors.set(client, deflate);
  return deflate;
}

function send(client, message) {
  const deflate = compressorFor(client);
  deflate.write(message);
  return new Promise((resolve) => deflate.flush(resolve));
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    await send(`client-${n}`, JSON.stringify({ n, topic: 'price', values: [n, n + 1, n + 2] }));
    n++;
    await sleep(45);
  }
  console.log(`ops=${n} bytes=${bytes}`);
})();
