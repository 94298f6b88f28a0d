// Long polling: each poll follows the feed with `for await` and answers with the first change it likes.
import { EventEmitter, on } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const feed = new EventEmitter().setMaxListeners(0);
let answered = 0;

class Cursor {
  constructor(n) {
    this.wants = n % 20 === 0 ? 'price' : 'recall';
    this.client = `poll-${n}`;
  }
}

async function follow(cursor) {
  for await (const [change] of on(feed, 'change')) {
    if (change.kind === cursor.wants) break;
  }
  answered++;
}

let n = 0;
while (Date.now() < END) {
  follow(new Cursor(n++));
  if (n % 200 === 0) feed.emit('change', { kind: 'price', n }); // recalls are rare
  await sleep(12);
}
console.log(`ops=${n} answered=${answered}`);
process.exit(0);
