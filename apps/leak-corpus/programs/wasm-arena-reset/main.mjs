// Documents are copied into WebAssembly memory by a bump allocator, which is reset after each batch.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const PAGE_BYTES = 65_536;
const memory = new WebAssembly.Memory({ initial: 4, maximum: 4096 });
let top = 0;

function store(text) {
  const bytes = new TextEncoder().encode(text);
  const missing = top + bytes.length - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  new Uint8Array(memory.buffer).set(bytes, top);
  top += bytes.length;
}

let n = 0;
while (Date.now() < END) {
  store(`<doc id="${n++}">${'lorem ipsum '.repeat(900)}</doc>`);
  if (n % 40 === 0) top = 0;
  await sleep(15);
}
console.log(`ops=${n} pages=${memory.buffer.byteLength / PAGE_BYTES}`);
