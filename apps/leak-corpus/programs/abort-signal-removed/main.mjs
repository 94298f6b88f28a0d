// Uploads that can be cancelled by the signal of the whole service.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const stopping = new AbortController();

async function upload(n, { signal }) {
  const transfer = {
    key: `eu-west/blob-${n}`,
    parts: [0, 1, 2].map((part) => ({ part, etag: `${n}-${part}` })),
  };
  const cancel = () => (transfer.state = 'cancelled');
  signal.addEventListener('abort', cancel);
  try {
    await sleep(2);
    return transfer.parts.length;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

let n = 0;
let parts = 0;
while (Date.now() < END) {
  const [a, b] = await Promise.all([upload(n++, stopping), upload(n++, stopping)]);
  parts += a + b;
}
console.log(`ops=${n} parts=${parts}`);
