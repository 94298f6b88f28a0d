// A poller asks one upstream over one kept-alive connection.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import fetch from 'node-fetch';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const server = http.createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ path: request.url, stock: request.url.length }));
});
server.keepAliveTimeout = 60_000;
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

async function askStock(id) {
  const response = await fetch(`${base}/stock/${id}`, { agent });
  return response.json();
}

let n = 0;
let stock = 0;
while (Date.now() < END) {
  stock += (await askStock(n++)).stock;
  await sleep(8);
}
agent.destroy();
server.close();
server.closeAllConnections();
console.log(`ops=${n} stock=${stock}`);
