// Token issuer: a token that was used at once still waits an hour for its timer.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const revoked = new Set();
const digest = (text) => createHash('sha256').update(text).digest('hex');

function issue(subject, n) {
  const token = { subject, value: digest(`${subject}:${n}`), scopes: ['read'] };
  setTimeout(() => revoked.delete(token.value), 3_600_000).unref();
  return token.value;
}

let n = 0;
while (Date.now() < END) {
  for (let i = 0; i < 3; i++) issue(`user-${n % 500}`, n++);
  await sleep(8);
}
console.log(`ops=${n}`);
