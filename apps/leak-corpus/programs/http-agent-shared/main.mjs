// All calls share one agent with at most four sockets.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
const server = http.createServer((_request, response) => response.end('{"stock":4}'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

function get(path) {
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port: server.address().port, path, agent }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      })
      .on('error', reject);
  });
}

let n = 0;
let good = 0;
while (Date.now() < END) {
  const codes = await Promise.all([get(`/stock/${n++}`), get(`/stock/${n++}`), get(`/stock/${n++}`)]);
  good += codes.filter((code) => code === 200).length;
  await sleep(12);
}
agent.destroy();
server.close();
console.log(`ops=${n} good=${good}`);
