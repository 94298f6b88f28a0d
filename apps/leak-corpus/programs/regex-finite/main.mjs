// Search box: the expressions of 64 categories are compiled on first use and kept.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const matchers = new Map();
const titles = Array.from({ length: 30 }, (_, i) => `Item ${i} of the spring catalogue`);

function matcherFor(term) {
  if (!matchers.has(term)) matchers.set(term, new RegExp(`\\b${term}\\w*`, 'iu'));
  return matchers.get(term);
}

let n = 0;
let hits = 0;
while (Date.now() < END) {
  const matcher = matcherFor(`cat${n++ % 64}`);
  hits += titles.filter((title) => matcher.test(title)).length;
  await sleep(8);
}
console.log(`ops=${n} hits=${hits}`);
