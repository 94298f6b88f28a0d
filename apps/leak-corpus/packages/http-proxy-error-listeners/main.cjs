'use strict';
// A gateway passes requests on and answers when the service behind it fails.
const http = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');
const httpProxy = require('http-proxy');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const proxy = httpProxy.createProxyServer({ agent: new http.Agent({ keepAlive: true }) });
const listen = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
let failed = 0;

const service = http.createServer((request, response) => response.end(`page ${request.url}`));

function answerFailure(response) {
  failed++;
  response.writeHead(502).end();
}

function passOn(request, response, target) {
  proxy.on('error', () => answerFailure(response));
  proxy.web(request, response, { target });
}

(async () => {
  const target = `http://127.0.0.1:${await listen(service)}`;
  const gateway = http.createServer((request, response) => passOn(request, response, target));
  const base = `http://127.0.0.1:${await listen(gateway)}`;
  const agent = new http.Agent({ keepAlive: true });
  let n = 0;
  let bytes = 0;
  while (Date.now() < END) {
    bytes += await new Promise((resolve, reject) => {
      http
        .get(`${base}/${n++}`, { agent }, (response) => {
          let length = 0;
          response.on('data', (chunk) => (length += chunk.length)).once('end', () => resolve(length));
        })
        .once('error', reject);
    });
    await sleep(12);
  }
  console.log(`ops=${n} bytes=${bytes} failed=${failed}`);
  process.exit(0);
})();
