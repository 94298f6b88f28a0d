'use strict';
// LRU cache by hand. `map` is bounded; `order` is only pushed to, "because shift is slow".
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class Entry {
  constructor(key, value) {
    this.key = key;
    this.value = value;
    this.usedAt = Date.now();
  }
}

class LruCache {
  constructor(max) {
    this.max = max;
    this.map = new Map();
    this.order = [];
    this.oldest = 0;
  }
  set(key, value) {
    const entry = new Entry(key, value);
    this.map.set(key, entry);
    this.order.push(entry);
    if (this.map.size > this.max) this.map.delete(this.order[this.oldest++].key);
  }
  get(key) {
    return this.map.get(key)?.value;
  }
}

const cache = new LruCache(200);

(async () => {
  let n = 0;
  let hits = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 3; i++, n++) {
      cache.set(`product-${n}`, { name: `Product ${n}`, tags: [n % 3, n % 5] });
      if (cache.get(`product-${n - 40}`)) hits++;
    }
    await sleep(6);
  }
  console.log(`ops=${n} hits=${hits}`);
})();
