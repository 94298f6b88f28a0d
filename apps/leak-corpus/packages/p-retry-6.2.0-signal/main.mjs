// Deliveries are tried again when they fail; all stop with the service.
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const stop = new AbortController();
setMaxListeners(0, stop.signal);

async function deliver(parcel) {
  let tries = 0;
  return pRetry(
    async () => {
      tries++;
      if (tries < 2 && parcel.id % 4 === 0) throw new Error('nobody at home');
      return parcel.weight + tries;
    },
    { signal: stop.signal, retries: 3, minTimeout: 2, maxTimeout: 4 },
  );
}

let n = 0;
let weight = 0;
while (Date.now() < END) {
  weight += await deliver({ id: n, weight: n % 30, labels: [n % 3, n % 5] });
  n++;
  await sleep(8);
}
console.log(`ops=${n} weight=${weight}`);
