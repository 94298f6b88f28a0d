// The status page lists failures since the start.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const failures = [];

class PaymentError extends Error {
  name = 'PaymentError';
  at = Date.now();
}

function gateway(n) {
  if (n % 4 === 0) throw new RangeError(`limit of card ${n} exceeded`);
  return { receipt: n };
}

function charge(n) {
  try {
    return gateway(n);
  } catch (error) {
    throw new PaymentError(`card of customer ${n} declined`, { cause: error });
  }
}

function report(error) {
  failures.push(error);
}

let n = 0;
let paid = 0;
while (Date.now() < END) {
  for (let i = 0; i < 4; i++) {
    try {
      paid += charge(n++).receipt > 0 ? 1 : 0;
    } catch (error) {
      report(error);
    }
  }
  await sleep(8);
}
console.log(`ops=${n} paid=${paid} failures=${failures.length}`);
