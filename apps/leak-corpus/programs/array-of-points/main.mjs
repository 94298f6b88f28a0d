// Latency statistics over "all requests since the start".
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const latencies = [];

function record(milliseconds) {
  latencies.push(milliseconds);
}

function percentile(share) {
  const recent = latencies.slice(-2000).sort((a, b) => a - b);
  return recent[Math.floor(share * (recent.length - 1))];
}

let n = 0;
let p99 = 0;
while (Date.now() < END) {
  for (let i = 0; i < 60; i++) record(1.5 + ((n++ * 7919) % 1000) / 37);
  if (n % 12_000 === 0) p99 = percentile(0.99);
  await sleep(5);
}
console.log(`ops=${n} p99=${p99.toFixed(1)}`);
