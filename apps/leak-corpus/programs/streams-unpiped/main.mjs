// Ticker that is piped to each client for as long as it is there.
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const ticker = new PassThrough();
let bytes = 0;

function connect() {
  const client = new PassThrough({ highWaterMark: 1024 });
  client.on('data', (chunk) => (bytes += chunk.length));
  ticker.pipe(client);
  return client;
}

let n = 0;
while (Date.now() < END) {
  const client = connect();
  ticker.write('AAPL 191.2\n');
  n++;
  await sleep(10);
  ticker.unpipe(client);
  client.destroy();
}
console.log(`ops=${n} bytes=${bytes}`);
