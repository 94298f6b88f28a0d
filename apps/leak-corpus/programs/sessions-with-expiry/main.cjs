'use strict';
// Session store of a small web shop, in memory; old sessions are swept.
const { setTimeout: sleep } = require('node:timers/promises');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const END = Date.now() + RUN_MS;
const TTL_MS = RUN_MS / 4;
const sessions = new Map();
let serial = 0;

class Session {
  constructor(user, serial) {
    this.id = `${user}.${serial.toString(36).padStart(12, '0')}`;
    this.user = user;
    this.cart = [{ sku: serial % 89, amount: 1 }];
    this.seenAt = Date.now();
  }
}

function sweep() {
  const oldest = Date.now() - TTL_MS;
  for (const [id, { seenAt }] of sessions) {
    if (seenAt >= oldest) break; // insertion order is age
    sessions.delete(id);
  }
}

setInterval(sweep, 250).unref();
(async () => {
  let n = 0;
  while (Date.now() < END) {
    const session = new Session(`visitor-${n++}`, ++serial);
    sessions.set(session.id, session);
    await sleep(4);
  }
  console.log(`ops=${n} open=${sessions.size}`);
})();
