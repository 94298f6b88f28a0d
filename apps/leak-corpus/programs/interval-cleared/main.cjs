'use strict';
// Connections with a heartbeat every 30 s, which ends with the connection.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class Connection {
  constructor(n) {
    this.peer = `10.0.${(n >> 8) & 255}.${n & 255}`;
    this.headers = { 'user-agent': 'probe/1.4', 'x-connection': `${n}`, accept: '*/*' };
    this.pings = 0;
    this.heartbeat = setInterval(() => this.pings++, 30_000);
  }
  close() {
    clearInterval(this.heartbeat);
  }
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    const connection = new Connection(n++);
    await sleep(3);
    connection.close();
  }
  console.log(`ops=${n}`);
})();
