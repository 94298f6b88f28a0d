// Quotes are sent to all who listen; one of them has stopped to read.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
await once(server, 'listening');
const listener = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
await once(listener, 'open');
listener.pause();

function broadcast(quotes) {
  const text = JSON.stringify(quotes);
  for (const client of server.clients) {
    if (client.bufferedAmount > 1_000_000) continue; // the next quotes replace these
    client.send(text);
  }
}

let n = 0;
while (Date.now() < END) {
  broadcast({ n, rows: Array.from({ length: 700 }, (_, i) => ({ share: i, price: (n * 7 + i) % 1009 })) });
  n++;
  await sleep(10);
}
listener.terminate();
for (const client of server.clients) client.terminate();
server.close();
console.log(`ops=${n}`);
