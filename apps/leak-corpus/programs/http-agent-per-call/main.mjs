// Each call builds a client, and each client an agent, whose free socket stays open.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const server = http.createServer({ keepAliveTimeout: 0 }, (_request, response) =>
  response.end('{"stock":4}'),
);
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

class BoundClient {
  constructor(port) {
    this.port = port;
    this.agent = new http.Agent({ keepAlive: true });
  }
  get(path) {
    return new Promise((resolve, reject) => {
      http
        .get({ host: '127.0.0.1', port: this.port, path, agent: this.agent }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode));
        })
        .on('error', reject);
    });
  }
}

const clientFor = (port) => new BoundClient(port);

let n = 0;
let good = 0;
while (Date.now() < END) {
  if ((await clientFor(server.address().port).get(`/stock/${n++}`)) === 200) good++;
  await sleep(60);
}
console.log(`ops=${n} good=${good}`);
process.exit(0); // open sockets keep the process alive
