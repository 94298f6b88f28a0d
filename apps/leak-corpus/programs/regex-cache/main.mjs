// Search box: the expression for each term is compiled once and kept.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const matchers = new Map();
const titles = Array.from({ length: 30 }, (_, i) => `Item ${i} of the spring catalogue`);

function matcherFor(term) {
  if (matchers.has(term)) return matchers.get(term);
  const matcher = new RegExp(`\\b${term}\\w*`, 'iu');
  matchers.set(term, matcher);
  return matcher;
}

let n = 0;
let hits = 0;
while (Date.now() < END) {
  const matcher = matcherFor(n % 2 ? `spr${n}` : `cat${n}`);
  hits += titles.filter((title) => matcher.test(title)).length;
  n++;
  await sleep(8);
}
console.log(`ops=${n} hits=${hits}`);
