// Token issuer: a token is forgotten after a fifth of the run.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const END = Date.now() + RUN_MS;
const valid = new Map();

function issue(subject, n) {
  const value = createHash('sha256').update(`${subject}:${n}`).digest('hex');
  valid.set(value, { subject, scopes: ['read'] });
  setTimeout(() => valid.delete(value), RUN_MS / 5).unref();
}

let n = 0;
while (Date.now() < END) {
  for (let i = 0; i < 3; i++) issue(`user-${n % 500}`, n++);
  await sleep(8);
}
console.log(`ops=${n} valid=${valid.size}`);
