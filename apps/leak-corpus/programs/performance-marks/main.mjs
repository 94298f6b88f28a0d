// Timings of each call for the performance panel, in production as well.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

async function timed(name, n, work) {
  const begin = performance.mark(`${name}:begin`, { detail: { n } });
  const result = await work();
  performance.measure(name, { start: begin.startTime });
  return result;
}

let n = 0;
let sum = 0;
while (Date.now() < END) {
  sum += await timed('load', n, () => sleep(3, n % 10));
  n++;
}
console.log(`ops=${n} sum=${sum}`);
