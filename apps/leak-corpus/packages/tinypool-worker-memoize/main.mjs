// Routes are planned by a pool of one worker thread.
import { setTimeout as sleep } from 'node:timers/promises';
import { Tinypool } from 'tinypool';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const pool = new Tinypool({
  filename: new URL('plan-route.mjs', import.meta.url).href,
  minThreads: 1,
  maxThreads: 1,
  useAtomics: false,
});

let n = 0;
let stops = 0;
while (Date.now() < END) {
  stops += await pool.run({ from: n % 60, order: n });
  n++;
  await sleep(5);
}
await pool.destroy();
console.log(`ops=${n} stops=${stops}`);
