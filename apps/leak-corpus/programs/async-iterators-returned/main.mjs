// Long polling with a time limit of 300 ms.
import { EventEmitter, on } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const feed = new EventEmitter().setMaxListeners(0);
let answered = 0;
let late = 0;

async function follow(wants) {
  const changes = on(feed, 'change');
  const timer = setTimeout(() => changes.return(), 300);
  let found = false;
  for await (const [change] of changes) {
    found = change.kind === wants;
    if (found) break;
  }
  clearTimeout(timer);
  if (found) answered++;
  else late++;
}

let n = 0;
while (Date.now() < END) {
  follow(n++ % 20 === 0 ? 'price' : 'recall');
  if (n % 40 === 0) feed.emit('change', { kind: 'price', n });
  await sleep(10);
}
console.log(`ops=${n} answered=${answered} late=${late}`);
