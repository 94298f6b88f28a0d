// Upload tracker: each upload opens its source file; an upload that is through is not removed.
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const uploads = new Map();

class Upload {
  constructor(name, handle) {
    this.name = name;
    this.handle = handle;
    this.parts = Array.from({ length: 12 }, (_, part) => ({ part, etag: `${name}.${part}`, sent: false }));
  }
  async send() {
    const { bytesRead } = await this.handle.read(new Uint8Array(64), 0, 64, 0);
    for (const part of this.parts) part.sent = true;
    return bytesRead;
  }
}

async function begin(name) {
  const handle = await open(new URL(import.meta.url), 'r');
  uploads.set(name, new Upload(name, handle));
  return uploads.get(name);
}

let n = 0;
let bytes = 0;
while (Date.now() < END) {
  const upload = await begin(`upload-${n++}`);
  bytes += await upload.send();
  await sleep(30);
}
console.log(`ops=${n} bytes=${bytes}`);
process.exit(0);
