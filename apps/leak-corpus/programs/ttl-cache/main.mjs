// DNS-like cache with a time to live.
import { setTimeout as sleep } from 'node:timers/promises';

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const END = Date.now() + RUN_MS;

class TtlCache {
  #entries = new Map();
  constructor(ttlMs) {
    this.ttlMs = ttlMs;
  }
  set(key, value) {
    this.#entries.set(key, { value, until: Date.now() + this.ttlMs });
    for (const [oldest, { until }] of this.#entries) {
      if (until > Date.now()) break;
      this.#entries.delete(oldest);
    }
  }
  get size() {
    return this.#entries.size;
  }
}

const cache = new TtlCache(RUN_MS / 10);
let n = 0;
while (Date.now() < END) {
  for (let i = 0; i < 3; i++, n++) {
    cache.set(`host-${n}.example.org`, { addresses: [`10.1.${n % 250}.${n % 199}`], family: 4 });
  }
  await sleep(4);
}
console.log(`ops=${n} size=${cache.size}`);
