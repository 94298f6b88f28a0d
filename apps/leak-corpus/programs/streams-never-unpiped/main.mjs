// Ticker that is piped to each client. A client that goes away stops reading, but stays in the pipes.
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const ticker = new PassThrough().setMaxListeners(0);
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
  if (n++ % 10 === 0) ticker.write('AAPL 191.2\n');
  await sleep(25);
  client.removeAllListeners('data'); // the client has gone
  client.resume();
}
console.log(`ops=${n} bytes=${bytes}`);
