// Thumbnails are made by a worker thread, which keeps each of them. The main thread's heap is flat.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const worker = new Worker(new URL('thumbnail-worker.mjs', import.meta.url));

let n = 0;
let pixels = 0;
while (Date.now() < END) {
  worker.postMessage(`image-${n++}`);
  const [answer] = await once(worker, 'message');
  pixels += answer;
  await sleep(4);
}
await worker.terminate();
console.log(`ops=${n} pixels=${pixels}`);
