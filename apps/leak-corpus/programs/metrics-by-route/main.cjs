'use strict';
// Histogram of response times, labelled by route and class of status.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const bounds = [5, 10, 50, 100, 500, Number.POSITIVE_INFINITY];
const series = new Map();

function observe(labels, value) {
  const key = Object.values(labels).join('|');
  let found = series.get(key);
  if (!found) {
    found = { labels, buckets: bounds.map(() => 0), sum: 0 };
    series.set(key, found);
  }
  found.buckets[bounds.findIndex((bound) => value <= bound)]++;
  found.sum += value;
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 2; i++, n++)
      observe({ route: `/r${n % 9}`, status: `${1 + (n % 5)}xx` }, (n * 31) % 600);
    await sleep(6);
  }
  console.log(`ops=${n} series=${series.size}`);
})();
