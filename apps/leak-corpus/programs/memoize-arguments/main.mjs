// Shipping quotes are memoised by their arguments: weight and distance are hardly ever the same twice.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

function memoize(compute) {
  const results = new Map();
  return (...parameters) => {
    const key = JSON.stringify(parameters);
    if (!results.has(key)) results.set(key, compute(...parameters));
    return results.get(key);
  };
}

class Quote {
  constructor(weight, distance) {
    this.base = 490;
    this.surcharges = { fuel: distance * 0.031, weight: weight * 12 };
  }
  get total() {
    return this.base + this.surcharges.fuel + this.surcharges.weight;
  }
}

const quote = memoize(function quote(weight, distance) {
  return new Quote(weight, distance);
});

let n = 0;
let total = 0;
while (Date.now() < END) {
  for (let i = 0; i < 3; i++) total += quote(n % 401, (n++ * 13) % 100_003).total;
  await sleep(6);
}
console.log(`ops=${n} total=${Math.round(total)}`);
