// Uploads that can be cancelled by the signal of the whole service.
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const stopping = new AbortController();
setMaxListeners(0, stopping.signal);

class Transfer {
  constructor(n, region) {
    this.key = `${region}/blob-${n}`;
    this.parts = [0, 1, 2].map((part) => ({ part, etag: `${n.toString(16)}-${part}` }));
    this.state = 'running';
  }
  cancel() {
    this.state = 'cancelled';
  }
}

async function upload(n, { signal }) {
  const transfer = new Transfer(n, 'eu-west');
  signal.addEventListener('abort', () => transfer.cancel());
  await sleep(2);
  transfer.state = 'done';
  return transfer.parts.length;
}

let n = 0;
let parts = 0;
while (Date.now() < END) {
  const [a, b] = await Promise.all([upload(n++, stopping), upload(n++, stopping)]);
  parts += a + b;
}
console.log(`ops=${n} parts=${parts}`);
