// Upload tracker: each upload opens its source file and closes it.
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

async function send(name) {
  const handle = await open(new URL(import.meta.url), 'r');
  try {
    const { bytesRead } = await handle.read(new Uint8Array(64), 0, 64, 0);
    return { name, bytesRead };
  } finally {
    await handle.close();
  }
}

let n = 0;
let bytes = 0;
while (Date.now() < END) {
  bytes += (await send(`upload-${n++}`)).bytesRead;
  await sleep(10);
}
console.log(`ops=${n} bytes=${bytes}`);
