'use strict';
// Keeps 24 characters of a 60 KB body, or so it seems.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const tokens = new Map();
const attachment = Buffer.alloc(60_000, 'QUJD');

function readToken(body, user) {
  const token = body.slice(body.indexOf('token=') + 6, body.indexOf('&'));
  tokens.set(user, token);
  return token.length;
}

function accept(n) {
  const head = `token=${n.toString(16).padStart(24, '0')}&file=`;
  const wire = Buffer.concat([Buffer.from(head), attachment]); // as it came from the socket
  return readToken(wire.toString('latin1'), `user-${n}`);
}

(async () => {
  let n = 0;
  let length = 0;
  while (Date.now() < END) {
    length += accept(n++);
    await sleep(60);
  }
  console.log(`ops=${n} length=${length}`);
})();
