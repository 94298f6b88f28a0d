// Chat room as an EventTarget: a guest's listeners end with the guest.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const room = new EventTarget();

class ChatSession {
  unread = 0;
  #left = new AbortController();
  constructor(n) {
    this.nick = `guest-${n}`;
    room.addEventListener('message', () => this.unread++, { signal: this.#left.signal });
  }
  leave() {
    this.#left.abort();
  }
}

let n = 0;
while (Date.now() < END) {
  const guests = [new ChatSession(n++), new ChatSession(n++)];
  await sleep(10);
  if (n % 400 === 0) room.dispatchEvent(new Event('message'));
  for (const guest of guests) guest.leave();
}
console.log(`ops=${n}`);
