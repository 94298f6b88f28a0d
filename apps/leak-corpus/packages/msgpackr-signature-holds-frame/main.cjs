'use strict';
// Frames of a few kilobytes come in; of each only the signature stays, for the audit.
const { setTimeout: sleep } = require('node:timers/promises');
const { Packr } = require('msgpackr');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const packr = new Packr();
const signatures = [];

function receiveFrame(n) {
  const frame = Buffer.from(
    packr.pack({ n, signature: Buffer.alloc(16, n), picture: Buffer.alloc(12_000, n) }),
  );
  const own = new Uint8Array(frame.length); // as a socket gives it, in memory of its own
  own.set(frame);
  return Buffer.from(own.buffer);
}

function audit(frame) {
  const { signature } = packr.unpack(frame);
  signatures.push(signature);
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    audit(receiveFrame(n++));
    await sleep(20);
  }
  console.log(`ops=${n} signatures=${signatures.length}`);
})();
