// The transcript of a support channel is one string.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
let transcript = '';

function say(who, words, second) {
  transcript += `[${second}] ${who}: ${words}\n`;
}

let n = 0;
while (Date.now() < END) {
  for (let i = 0; i < 4; i++) say(`agent-${n % 5}`, `answer ${n} to ticket ${n % 97}`, n++ % 60);
  await sleep(10);
}
console.log(`ops=${n} characters=${transcript.length}`);
