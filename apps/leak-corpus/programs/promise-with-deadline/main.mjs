// RPC client over a lossy link: every eighth request is lost, and ends at its deadline.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class PendingCall {
  constructor(id, method, settle) {
    this.id = id;
    this.method = method;
    this.payload = { method, args: [id, id * 2, `trace-${id}`] };
    this.settle = settle;
    this.deadline = setTimeout(() => finish(id, undefined), 500);
  }
}

const pending = new Map();
let answered = 0;
let late = 0;

function call(id, method) {
  return new Promise((resolve) => {
    pending.set(id, new PendingCall(id, method, resolve));
  });
}

function finish(id, value) {
  const waiting = pending.get(id);
  clearTimeout(waiting.deadline);
  pending.delete(id);
  waiting.settle(value);
}

async function handle(id) {
  if ((await call(id, 'inventory.reserve')) === undefined) late++;
  else answered++;
}

let n = 0;
while (Date.now() < END) {
  for (let i = 0; i < 8; i++) handle(n + i);
  for (let i = 0; i < 8; i++, n++) if (n % 8 !== 0) finish(n, n);
  await sleep(6);
}
console.log(`ops=${n} answered=${answered} late=${late}`);
