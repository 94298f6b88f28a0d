// Frames are handed to readers by id. (Node does not count shared memory in `external`.) Nobody says when the last reader is done.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const FRAME_BYTES = 40_009;
const frames = new Map();

function newFrame(id) {
  const pixels = new SharedArrayBuffer(FRAME_BYTES);
  new Uint8Array(pixels).fill(id);
  frames.set(id, { pixels, at: Date.now() });
  return id;
}

let n = 0;
let sum = 0;
while (Date.now() < END) {
  const { pixels } = frames.get(newFrame(n++));
  sum += new Uint8Array(pixels)[7];
  await sleep(50);
}
console.log(`ops=${n} sum=${sum}`);
