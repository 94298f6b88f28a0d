'use strict';
// Paged search: the iterator over the matches waits for the next page under a token.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const products = Array.from({ length: 400 }, (_, i) => ({ id: i, group: i % 20 }));
const cursors = new Map();

class PageCursor {
  constructor(rows) {
    this.rows = rows;
    this.page = 0;
  }
  next(size) {
    this.page++;
    return Array.from({ length: size }, () => this.rows.next().value);
  }
}

function firstPage(group, token) {
  const matches = products.filter((product) => product.group === group);
  const cursor = new PageCursor(matches.values());
  cursors.set(token, cursor);
  return cursor.next(5);
}

(async () => {
  let n = 0;
  let rows = 0;
  while (Date.now() < END) {
    rows += firstPage(n % 20, `page-token-${n++}`).length;
    await sleep(4);
  }
  console.log(`ops=${n} rows=${rows}`);
})();
