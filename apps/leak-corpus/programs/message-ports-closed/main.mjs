// Each question to the index thread carries a reply port of its own, closed after the reply.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel, Worker } from 'node:worker_threads';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const index = new Worker(new URL('index-worker.mjs', import.meta.url));

async function ask(word) {
  const { port1, port2 } = new MessageChannel();
  port1.start();
  index.postMessage({ word, reply: port2 }, [port2]);
  const [found] = await once(port1, 'message');
  port1.close();
  return found;
}

let n = 0;
let hits = 0;
while (Date.now() < END) {
  hits += await ask(`word-${n++ % 300}`);
  await sleep(6);
}
await index.terminate();
console.log(`ops=${n} hits=${hits}`);
