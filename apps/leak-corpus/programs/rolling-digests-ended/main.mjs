// Integrity of uploads: a keyed digest per upload, fed part by part and ended.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const key = Buffer.alloc(64, 7);
const digests = new Map();

let n = 0;
let characters = 0;
while (Date.now() < END) {
  for (let i = 0; i < 3; i++) digests.set(`upload-${n + i}`, createHmac('sha512', key));
  for (const [upload, digest] of digests) {
    characters += digest.update(`parts of ${upload}`).digest('base64').length;
    digests.delete(upload);
  }
  n += 3;
  await sleep(8);
}
console.log(`ops=${n} characters=${characters}`);
