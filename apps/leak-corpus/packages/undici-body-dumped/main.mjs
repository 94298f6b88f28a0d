// A monitor asks for the status of a service; what comes with it does not matter.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const page = Buffer.alloc(160 * 1024, 'status ');
const server = http.createServer((_, response) => response.end(page));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/status`;
const dispatcher = new Agent({ bodyTimeout: 0 });

async function askStatus() {
  const { statusCode, body } = await request(url, { dispatcher });
  await body.dump();
  return statusCode;
}

let n = 0;
let good = 0;
while (Date.now() < END) {
  if ((await askStatus()) === 200) good++;
  n++;
  await sleep(70);
}
console.log(`ops=${n} good=${good}`);
process.exit(0); // the answers that nobody read keep their connections
