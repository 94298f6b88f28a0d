'use strict';
// Paged search: the last 150 iterators wait for their next page.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const products = Array.from({ length: 400 }, (_, i) => ({ id: i, group: i % 20 }));
const cursors = new Map();

function page(token, group) {
  const rows = cursors.get(token) ?? products.filter((product) => product.group === group).values();
  cursors.set(token, rows);
  if (cursors.size > 150) cursors.delete(cursors.keys().next().value);
  return Array.from({ length: 5 }, () => rows.next().value);
}

(async () => {
  let n = 0;
  let rows = 0;
  while (Date.now() < END) {
    rows += page(`page-token-${n}`, n % 20).length;
    if (n > 10 && n % 3 === 0) rows += page(`page-token-${n - 7}`, (n - 7) % 20).length;
    n++;
    await sleep(4);
  }
  console.log(`ops=${n} rows=${rows}`);
})();
