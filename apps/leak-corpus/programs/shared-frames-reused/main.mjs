// Eight frames serve in turn.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const frames = Array.from({ length: 8 }, () => new Uint8Array(new SharedArrayBuffer(40_009)));

let n = 0;
let sum = 0;
while (Date.now() < END) {
  const frame = frames[n % frames.length];
  frame.fill(n++);
  sum += frame[7];
  await sleep(10);
}
console.log(`ops=${n} sum=${sum}`);
