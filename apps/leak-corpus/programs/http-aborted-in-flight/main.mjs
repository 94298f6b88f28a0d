// "In flight" for a clean shutdown: an exchange leaves the set when it is answered. Aborted ones never are.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const inFlight = new Set();

class Exchange {
  constructor(request, response) {
    this.request = request;
    this.response = response;
    this.startedAt = Date.now();
  }
}

function begin(request, response) {
  const exchange = new Exchange(request, response);
  inFlight.add(exchange);
  return exchange;
}

const server = http.createServer(async (request, response) => {
  const exchange = begin(request, response);
  await sleep(15); // the database
  if (request.destroyed && !response.writable) return;
  if (response.destroyed) return; // nobody to answer
  response.end('{"ok":true}', () => inFlight.delete(exchange));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

function visit(path, patienceMs) {
  return new Promise((resolve) => {
    const request = http.get(
      { host: '127.0.0.1', port: server.address().port, path, agent: false },
      (response) => {
        response.resume().once('end', resolve);
      },
    );
    request.once('error', resolve);
    if (patienceMs) setTimeout(() => request.destroy(), patienceMs);
  });
}

let n = 0;
while (Date.now() < END) {
  await visit(`/report/${n}`, n % 2 ? 6 : 0);
  n++;
}
server.close();
console.log(`ops=${n} inFlight=${inFlight.size}`);
