// Chat room as an EventTarget: people come and go, their listeners stay.
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const room = new EventTarget();
setMaxListeners(0, room);

class ChatSession {
  open = true;
  unread = 0;
  constructor(n) {
    this.nick = `guest-${n}`;
    this.joinedAt = Date.now();
  }
  receive() {
    if (this.open) this.unread++;
  }
  leave() {
    this.open = false;
  }
}

function join(n) {
  const session = new ChatSession(n);
  room.addEventListener('message', (event) => session.receive(event));
  return session;
}

let n = 0;
while (Date.now() < END) {
  const guests = [join(n++), join(n++)];
  await sleep(10);
  if (n % 400 === 0) room.dispatchEvent(new Event('message'));
  for (const guest of guests) guest.leave();
}
console.log(`ops=${n}`);
