'use strict';
// Search pages are cached by their URL. Mail campaigns add a parameter that is new for every click.
const http = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const pages = new Map();

class CachedPage {
  constructor(url, rows) {
    this.url = url;
    this.rows = rows;
    this.etag = `"${url.length}-${rows.length}"`;
  }
}

function lookUp(url) {
  if (pages.has(url)) return pages.get(url);
  const rows = Array.from({ length: 8 }, (_, i) => ({ rank: i, title: `Result ${i} of ${url.length}` }));
  pages.set(url, new CachedPage(url, rows));
  return pages.get(url);
}

const server = http.createServer((request, response) => {
  const page = lookUp(request.url);
  response.setHeader('etag', page.etag);
  response.end(JSON.stringify(page.rows));
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
