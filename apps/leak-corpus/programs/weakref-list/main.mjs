// Watchers are only held weakly; their places in the table stay.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const watchers = new Map();
let serial = 0;

class Watcher {
  seen = 0;
  constructor(topic) {
    this.topic = topic;
    this.buffer = new Array(16).fill(0);
  }
}

function watch(topic) {
  const watcher = new Watcher(topic);
  watchers.set(`${topic}#${serial++}`, new WeakRef(watcher));
  return watcher;
}

let n = 0;
let seen = 0;
while (Date.now() < END) {
  const current = [];
  for (let i = 0; i < 4; i++) current.push(watch(`stock/${n++ % 40}`));
  await sleep(6);
  for (const watcher of current) seen += ++watcher.seen;
}
console.log(`ops=${n} seen=${seen}`);
