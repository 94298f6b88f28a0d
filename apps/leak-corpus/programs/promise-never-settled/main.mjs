// RPC client over a lossy link: every eighth request is lost, and its caller waits for ever.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class PendingCall {
  constructor(id, method, resolve) {
    this.id = id;
    this.method = method;
    this.sentAt = Date.now();
    this.payload = { method, args: [id, id * 2, `trace-${id}`] };
    this.resolve = resolve;
  }
}

const pending = new Map();
let answered = 0;

function call(id, method) {
  return new Promise((resolve) => {
    pending.set(id, new PendingCall(id, method, resolve));
  });
}

function deliver(id) {
  if (id % 8 === 0) return; // lost on the way
  pending.get(id).resolve(id);
  pending.delete(id);
}

async function handle(id) {
  await call(id, 'inventory.reserve');
  answered++;
}

let n = 0;
while (Date.now() < END) {
  for (let i = 0; i < 8; i++) handle(n + i);
  for (let i = 0; i < 8; i++) deliver(n++);
  await sleep(6);
}
console.log(`ops=${n} answered=${answered}`);
