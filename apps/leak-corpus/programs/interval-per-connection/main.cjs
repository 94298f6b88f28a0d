'use strict';
// Connections with a heartbeat every 30 s. close() forgets the heartbeat.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class Connection {
  constructor(n) {
    this.peer = `10.0.${(n >> 8) & 255}.${n & 255}`;
    this.headers = { 'user-agent': 'probe/1.4', 'x-connection': `${n}`, accept: '*/*' };
    this.pings = 0;
  }
  startHeartbeat() {
    this.heartbeat = setInterval(() => this.ping(), 30_000);
    return this;
  }
  ping() {
    this.pings++;
  }
  close() {
    this.closedAt = Date.now();
  }
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    const connection = new Connection(n++).startHeartbeat();
    await sleep(3);
    connection.close();
  }
  console.log(`ops=${n}`);
  process.exit(0); // the heartbeats would keep the process alive
})();
