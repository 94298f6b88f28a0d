import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type LeakWatchEvent, startLeakWatch } from '@memx/advanced';
import express from 'express';
import Fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { memx as memxOfExpress } from '../../src/express/index.js';
import { memx as memxOfFastify } from '../../src/fastify/index.js';
import type { RequestWatcher } from '../../src/http/request-probe-options.js';
import { listen } from './servers.js';

setFlagsFromString('--expose-gc');
/** The test forces collections; the watch never does. */
const collect: () => void = runInNewContext('gc');

const kept: unknown[] = [];
const recent: unknown[] = [];
let stop = async () => {};
afterEach(async () => {
  await stop();
  kept.length = 0;
  recent.length = 0;
});

function remember(request: unknown): void {
  recent.push(request);
  if (recent.length > 5) recent.shift();
}

async function startExpress(leakWatch: RequestWatcher): Promise<string> {
  const app = express();
  app.use(memxOfExpress({ leakWatch }));
  app.get('/kept/:id', (request, response) => {
    kept.push(() => request.ip); // as a closure in a list does
    response.send('kept');
  });
  app.get('/recent/:id', (request, response) => {
    remember(request);
    response.send('recent');
  });
  app.get('/fine/:id', (_request, response) => void response.send('fine'));
  const { port, stop: stopServer } = await listen(createServer(app));
  stop = stopServer;
  return `http://127.0.0.1:${port}`;
}

async function startFastify(leakWatch: RequestWatcher): Promise<string> {
  const app = Fastify({ forceCloseConnections: true });
  await app.register(memxOfFastify, { leakWatch });
  app.get('/kept/:id', async (request) => {
    kept.push(() => request.ip);
    return 'kept';
  });
  app.get('/recent/:id', async (request) => {
    remember(request);
    return 'recent';
  });
  app.get('/fine/:id', async () => 'fine');
  stop = () => app.close();
  return app.listen({ port: 0, host: '127.0.0.1' });
}

const TURNS = 12;
const ROUTES = ['kept', 'recent', 'fine'];

describe.each([
  ['Express', startExpress],
  ['Fastify', startFastify],
])('the requests of %s', (_name, start) => {
  it('are told of by the route that keeps them, and no others, on connections that stay open', async () => {
    const events: LeakWatchEvent[] = [];
    using leakWatch = startLeakWatch({ onEvent: (event) => events.push(event), leastRequestAgeMs: 900 });
    const origin = await start(leakWatch);
    for (let turn = 0; turn < TURNS; turn++) {
      // Five at a time, so that five connections are kept alive.
      for (const route of ROUTES)
        await Promise.all(
          Array.from({ length: 5 }, async (_, id) => {
            const answer = await fetch(`${origin}/${route}/${id}`);
            expect(await answer.text()).toBe(route);
          }),
        );
      collect();
      await delay(250);
    }
    for (let turn = 0; turn < 4; turn++) {
      collect();
      await delay(400);
    }
    const told = events.filter(({ kind }) => kind !== 'alarm');
    expect(told).toMatchObject([
      { kind: 'suspect', witness: 'requests', method: 'GET', route: '/kept/:id', retainedShare: 1 },
    ]);
    const { requests } = leakWatch.status();
    const all = { judged: TURNS * 5, pending: 0 };
    expect(requests).toEqual([
      { method: 'GET', route: '/kept/:id', ...all, retained: TURNS * 5, retainedShare: 1 },
      { method: 'GET', route: '/recent/:id', ...all, retained: 5, retainedShare: 5 / (TURNS * 5) },
      { method: 'GET', route: '/fine/:id', ...all, retained: 0, retainedShare: 0 },
    ]);
    expect(kept).toHaveLength(TURNS * 5);
  });
});
