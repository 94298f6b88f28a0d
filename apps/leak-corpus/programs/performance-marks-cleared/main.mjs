// Timings of each call, read and cleared.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

async function timed(name, work) {
  const begin = performance.mark(`${name}:begin`);
  await work();
  const { duration } = performance.measure(name, { start: begin.startTime });
  performance.clearMarks(`${name}:begin`);
  performance.clearMeasures(name);
  return duration;
}

let n = 0;
let totalMs = 0;
while (Date.now() < END) {
  totalMs += await timed('load', () => sleep(3));
  n++;
}
console.log(`ops=${n} total=${Math.round(totalMs)}`);
