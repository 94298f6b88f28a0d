'use strict';
// Histogram of response times, labelled by route, and by user since last week.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class Series {
  constructor(labels) {
    this.labels = labels;
    this.buckets = [0, 0, 0, 0, 0, 0];
    this.sum = 0;
  }
}

class Histogram {
  constructor(bounds) {
    this.bounds = bounds;
    this.series = new Map();
  }
  seriesOf(labels) {
    const key = Object.values(labels).join('|');
    if (!this.series.has(key)) {
      this.series.set(key, new Series(labels));
    }
    return this.series.get(key);
  }
  observe(labels, value) {
    const series = this.seriesOf(labels);
    series.buckets[this.bounds.findIndex((bound) => value <= bound)]++;
    series.sum += value;
  }
}

const responseTimes = new Histogram([5, 10, 50, 100, 500, Number.POSITIVE_INFINITY]);

(async () => {
  let n = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 2; i++, n++) {
      responseTimes.observe({ route: `/r${n % 9}`, user: `user-${n}` }, (n * 31) % 600);
    }
    await sleep(6);
  }
  console.log(`ops=${n} series=${responseTimes.series.size}`);
})();
