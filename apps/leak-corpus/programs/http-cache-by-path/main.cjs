'use strict';
// Search pages are cached by the parameters that matter.
const http = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const pages = new Map();

function lookUp({ searchParams }) {
  const key = `${searchParams.get('q')}/${searchParams.get('page')}`;
  if (!pages.has(key))
    pages.set(key, JSON.stringify(Array.from({ length: 8 }, (_, rank) => ({ rank, key }))));
  return pages.get(key);
}

const server = http.createServer((request, response) => {
  response.end(lookUp(new URL(request.url, 'http://shop.example')));
});

function visit(port, path, agent) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    });
    request.once('error', reject);
  });
}

server.listen(0, '127.0.0.1', async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
  let n = 0;
  while (Date.now() < END) {
    await visit(
      server.address().port,
      `/search?q=shoes&page=${n % 3}&click=${(n++ * 7919).toString(36)}`,
      agent,
    );
    await sleep(4);
  }
  agent.destroy();
  server.close();
  console.log(`ops=${n} pages=${pages.size}`);
});
