'use strict';
// Keeps 24 characters of a 60 KB body, as a copy of its own.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const tokens = new Map();
const attachment = Buffer.alloc(60_000, 'QUJD');
const copyOf = (text) => Buffer.from(text, 'latin1').toString('latin1');

function readToken(body, user) {
  const token = body.slice(body.indexOf('token=') + 6, body.indexOf('&'));
  tokens.set(user, copyOf(token));
  return token.length;
}

function accept(n) {
  const head = `token=${n.toString(16).padStart(24, '0')}&file=`;
  const wire = Buffer.concat([Buffer.from(head), attachment]); // as it came from the socket
  return readToken(wire.toString('latin1'), `user-${n % 200}`);
}

(async () => {
  let n = 0;
  let length = 0;
  while (Date.now() < END) {
    length += accept(n++);
    await sleep(30);
  }
  console.log(`ops=${n} length=${length}`);
})();
