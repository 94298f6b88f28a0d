// Documents are copied into WebAssembly memory by a bump allocator, which has no free().
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const PAGE_BYTES = 65_536;
const memory = new WebAssembly.Memory({ initial: 4, maximum: 4096 });
let top = 0;

function allocate(bytes) {
  if (top + bytes > memory.buffer.byteLength) memory.grow(Math.ceil(bytes / PAGE_BYTES));
  const at = top;
  top += bytes;
  return at;
}

function store(text) {
  const bytes = new TextEncoder().encode(text);
  const at = allocate(bytes.length);
  new Uint8Array(memory.buffer).set(bytes, at);
  return at;
}

let n = 0;
let last = 0;
while (Date.now() < END) {
  last = store(`<doc id="${n++}">${'lorem ipsum '.repeat(900)}</doc>`);
  await sleep(30);
}
console.log(`ops=${n} last=${last}`);
