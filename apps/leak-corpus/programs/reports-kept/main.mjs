// Reports can be downloaded under their number, "for a while".
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const reports = new Map();

class Row {
  constructor(n, i) {
    this.sku = `sku-${n}-${i}`;
    this.sold = (n * i) % 97;
    this.revenue = this.sold * 12.5;
  }
}

class Report {
  constructor(n) {
    this.rows = Array.from({ length: 1000 }, (_, i) => new Row(n, i));
    this.total = this.rows.reduce((sum, { revenue }) => sum + revenue, 0);
  }
}

function build(n) {
  reports.set(`sales-${n}`, new Report(n));
  return reports.get(`sales-${n}`).total;
}

let n = 0;
let total = 0;
while (Date.now() < END) {
  total += build(n++);
  await sleep(600);
}
console.log(`ops=${n} total=${total}`);
