import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { LoadTally } from '../../../src/cli/load/load-tally.js';
import { parseLoad, type RequestPlan } from '../../../src/cli/load/parse-load.js';
import { sendRequests } from '../../../src/cli/load/request-load.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sends until the server has seen so many. */
async function sendUntil(seen: number, load: string, listener: RequestListener) {
  const stopping = new AbortController();
  let requests = 0;
  const origin = await serve((request, response) => {
    requests += 1;
    if (requests === seen) setTimeout(() => stopping.abort(), 50);
    listener(request, response);
  });
  const tally = new LoadTally();
  await sendRequests(parseLoad(load) as RequestPlan, { origin, tally, signal: stopping.signal });
  return tally;
}

describe('sendRequests', () => {
  it('sends method, headers and body as they were given, and counts', async () => {
    const seen: unknown[] = [];
    const tally = await sendUntil(
      7,
      `-c 2 -R 100 -H x-shop=7 -b 'größe' /orders`,
      async (request, response) => {
        let body = '';
        for await (const chunk of request.setEncoding('utf8')) body += chunk;
        seen.push([request.method, request.url, request.headers['x-shop'], body]);
        response.end('ok');
      },
    );
    expect(seen[0]).toEqual(['POST', '/orders', '7', 'größe']);
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(tally.made).toBeGreaterThanOrEqual(6);
    expect(tally.failed).toBe(0);
  });

  it('never has more requests under way than connections', async () => {
    let open = 0;
    let most = 0;
    await sendUntil(31, '-c 3 -R 5000 /', (_request, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open -= 1;
        response.end();
      }, 5);
    });
    expect(most).toBe(3);
  });

  it('counts answers of 400 and above as failures, and names the one that came most', async () => {
    let count = 0;
    const tally = await sendUntil(20, '-c 1 -R 1000 /', (_request, response) => {
      response.statusCode = count++ % 5 === 0 ? 500 : 404;
      response.end();
    });
    expect(tally.failed).toBe(tally.made);
    expect(tally.mainReason).toBe('404 Not Found');
  });

  it('counts a server that hangs up, and goes on', async () => {
    let count = 0;
    const tally = await sendUntil(13, '-c 1 -R 1000 /', (request, response) => {
      if (count++ % 4 === 1) request.socket.destroy();
      else response.end('ok');
    });
    expect(tally.made).toBeGreaterThan(tally.failed);
  });

  it('says that nobody listens', async () => {
    const origin = await serve(() => {});
    server?.close();
    const stopping = new AbortController();
    const tally = new LoadTally();
    const sent = sendRequests(parseLoad('-c 1 -R 100 /') as RequestPlan, {
      origin,
      tally,
      signal: stopping.signal,
    });
    while (tally.failed < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    stopping.abort();
    await sent;
    expect(tally.mainReason).toBe('ECONNREFUSED');
  });
});
