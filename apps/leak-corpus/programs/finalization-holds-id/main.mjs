// Temporary files that nobody removed are removed when their object dies.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
let removed = 0;
const abandoned = new FinalizationRegistry(() => removed++);

class TempFile {
  constructor(n) {
    this.path = `exports/${n}.csv`;
    this.columns = ['id', 'at', 'amount', 'currency'].map((name, at) => ({ name, at }));
    abandoned.register(this, n);
  }
}

let n = 0;
let columns = 0;
while (Date.now() < END) {
  for (let i = 0; i < 2; i++) columns += new TempFile(n++).columns.length;
  await sleep(6);
}
console.log(`ops=${n} columns=${columns} removed=${removed}`);
