// "In flight" for a clean shutdown: an exchange leaves the set when its response closes.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const inFlight = new Set();

const server = http.createServer(async (request, response) => {
  const exchange = { request, response, startedAt: Date.now() };
  inFlight.add(exchange);
  response.once('close', () => inFlight.delete(exchange));
  await sleep(15); // the database
  if (!response.destroyed) response.end('{"ok":true}');
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
