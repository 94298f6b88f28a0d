// Latency statistics over the last 50,000 requests.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const latencies = new Float64Array(50_000);
let written = 0;

function record(milliseconds) {
  latencies[written++ % latencies.length] = milliseconds;
}

function percentile(share) {
  const seen = latencies.slice(0, Math.min(written, latencies.length)).sort();
  return seen[Math.floor(share * (seen.length - 1))];
}

let n = 0;
let p99 = 0;
while (Date.now() < END) {
  for (let i = 0; i < 60; i++) record(1.5 + ((n++ * 7919) % 1000) / 37);
  if (n % 12_000 === 0) p99 = percentile(0.99);
  await sleep(5);
}
console.log(`ops=${n} p99=${p99.toFixed(1)}`);
