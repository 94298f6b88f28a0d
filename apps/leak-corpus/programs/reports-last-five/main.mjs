// The five latest reports can be downloaded.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const reports = [];

function build(n) {
  const rows = Array.from({ length: 1000 }, (_, i) => ({ sku: `sku-${n}-${i}`, sold: (n * i) % 97 }));
  reports.push({ n, rows, total: rows.reduce((sum, { sold }) => sum + sold, 0) });
  if (reports.length > 5) reports.shift();
  return reports.at(-1).total;
}

let n = 0;
let total = 0;
while (Date.now() < END) {
  total += build(n++);
  await sleep(400);
}
console.log(`ops=${n} total=${total}`);
