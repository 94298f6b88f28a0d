// The transcript of a support channel goes to a file whenever 64 Ki characters have gathered.
import { open } from 'node:fs/promises';
import { devNull } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const file = await open(devNull, 'w');
let transcript = '';
let written = 0;

async function say(who, words, second) {
  transcript += `[${second}] ${who}: ${words}\n`;
  if (transcript.length < 65_536) return;
  const block = transcript;
  transcript = '';
  written += (await file.write(block)).bytesWritten;
}

let n = 0;
while (Date.now() < END) {
  for (let i = 0; i < 4; i++) await say(`agent-${n % 5}`, `answer ${n} to ticket ${n % 97}`, n++ % 60);
  await sleep(10);
}
await file.close();
console.log(`ops=${n} written=${written}`);
