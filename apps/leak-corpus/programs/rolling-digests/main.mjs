// Integrity of uploads: a keyed digest per upload, fed part by part. Abandoned uploads keep theirs.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const key = Buffer.alloc(64, 7);
const digests = new Map();

function digestFor(upload) {
  const digest = createHmac('sha512', key);
  digests.set(upload, digest);
  return digest;
}

let n = 0;
while (Date.now() < END) {
  for (let i = 0; i < 10; i++) {
    const digest = digestFor(`upload-${n++}`);
    digest.update(`part 1 of upload ${n}`).update(`part 2 of upload ${n}`);
  }
  await sleep(8);
}
console.log(`ops=${n} open=${digests.size}`);
