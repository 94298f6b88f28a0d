// The shop's events are shown to whoever watches. A watcher went away in the middle of its first event.
import { setTimeout as sleep } from 'node:timers/promises';
import Emittery from 'emittery';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const shop = new Emittery();

class OrderPlaced {
  constructor(id) {
    this.id = id;
    this.rows = Array.from({ length: 5 }, (_, i) => ({ article: i, count: (id + i) % 9 }));
  }
}

const watcher = shop.events('order');
const first = watcher.next();
await shop.emit('order', new OrderPlaced(0));
await first;

let seen = 0;
shop.on('order', ({ rows }) => (seen += rows.length));

let n = 1;
while (Date.now() < END) {
  await shop.emit('order', new OrderPlaced(n++));
  await sleep(14);
}
console.log(`ops=${n} seen=${seen}`);
