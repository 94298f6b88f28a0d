'use strict';
// Statistics in 24 buckets of time; the bucket in turn is started anew.
const { setTimeout: sleep } = require('node:timers/promises');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const buckets = Array.from({ length: 24 }, () => ({ slot: -1, requests: [] }));

function bucketAt(elapsed) {
  const slot = Math.floor(elapsed / (RUN_MS / 72));
  const bucket = buckets[slot % buckets.length];
  if (bucket.slot !== slot) {
    bucket.slot = slot;
    bucket.requests = [];
  }
  return bucket;
}

(async () => {
  let n = 0;
  for (let elapsed = 0; elapsed < RUN_MS; elapsed = Date.now() - START) {
    for (let i = 0; i < 3; i++) bucketAt(elapsed).requests.push({ path: `/r/${n++}`, ms: n % 50 });
    await sleep(5);
  }
  console.log(`ops=${n} kept=${buckets.reduce((sum, { requests }) => sum + requests.length, 0)}`);
})();
