// Parts of multipart uploads are read into buffers from a pool.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const PART_BYTES = 16_411;
const pool = [];

async function receivePart(n) {
  const part = pool.pop() ?? Buffer.allocUnsafeSlow(PART_BYTES);
  part.fill(n);
  await sleep(2);
  const { length } = createHash('md5').update(part).digest('hex');
  pool.push(part);
  return length;
}

let n = 0;
let characters = 0;
while (Date.now() < END) {
  const width = 1 + (n % 24); // at once
  const lengths = await Promise.all(Array.from({ length: width }, () => receivePart(n++)));
  characters += lengths.reduce((sum, length) => sum + length, 0);
}
console.log(`ops=${n} characters=${characters} pool=${pool.length}`);
