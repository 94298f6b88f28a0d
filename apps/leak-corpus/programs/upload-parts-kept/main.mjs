// Parts of multipart uploads are kept for the checksum, and after it as well.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const PART_BYTES = 16_411;
const parts = [];

function receivePart(n) {
  const part = Buffer.alloc(PART_BYTES, n);
  parts.push(part);
  return createHash('md5').update(part).digest('hex').length;
}

let n = 0;
let characters = 0;
while (Date.now() < END) {
  characters += receivePart(n++);
  await sleep(25);
}
console.log(`ops=${n} characters=${characters}`);
