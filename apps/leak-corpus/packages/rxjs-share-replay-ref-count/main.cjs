'use strict';
// Rates come over one feed; each request converts with the rate of the moment.
const { setTimeout: sleep } = require('node:timers/promises');
const { BehaviorSubject, firstValueFrom, map, shareReplay } = require('rxjs');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const feed = new BehaviorSubject({ eur: 1, usd: 1.1 });

function convert(amount, currency) {
  const rate = feed.pipe(
    map((rates) => rates[currency] * amount),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  return firstValueFrom(rate);
}

(async () => {
  let n = 0;
  let sum = 0;
  while (Date.now() < END) {
    sum += await convert(n, n % 2 ? 'eur' : 'usd');
    if (n++ % 100 === 0) feed.next({ eur: 1, usd: 1 + (n % 10) / 100 });
    await sleep(7);
  }
  console.log(`ops=${n} sum=${Math.round(sum)}`);
})();
