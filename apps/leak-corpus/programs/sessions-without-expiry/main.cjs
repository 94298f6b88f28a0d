'use strict';
// Session store of a small web shop, in memory.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const sessions = new Map();
let serial = 0;

class Session {
  constructor(user, serial) {
    this.id = `${user}.${serial.toString(36).padStart(12, '0')}`;
    this.user = user;
    this.cart = [{ sku: serial % 89, amount: 1 }];
    this.flash = null;
    this.seenAt = Date.now();
  }
}

function open(user) {
  const session = new Session(user, ++serial);
  sessions.set(session.id, session);
  return session.id;
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    const id = open(`visitor-${n++}`);
    sessions.get(id).cart.push({ sku: n % 53, amount: 2 });
    await sleep(4);
  }
  console.log(`ops=${n} open=${sessions.size}`);
})();
