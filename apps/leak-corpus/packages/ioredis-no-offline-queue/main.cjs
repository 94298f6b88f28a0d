'use strict';
// Page views are counted in a Redis that is not there; the client keeps trying to connect.
const net = require('node:net');
const { setTimeout: sleep } = require('node:timers/promises');
const Redis = require('ioredis');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

/** A port of this machine on which nobody listens. */
function findClosedPort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

(async () => {
  const redis = new Redis({
    host: '127.0.0.1',
    port: await findClosedPort(),
    maxRetriesPerRequest: null,
    retryStrategy: () => 500,
    enableOfflineQueue: false,
  });
  redis.on('error', () => {});
  let failed = 0;

  function countView(page) {
    redis.incr(`views:${page}`).catch(() => failed++);
  }

  let n = 0;
  while (Date.now() < END) {
    countView(n % 40);
    n++;
    await sleep(10);
  }
  redis.disconnect();
  await sleep(50);
  console.log(`ops=${n} failed=${failed}`);
})();
