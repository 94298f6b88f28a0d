import { Readable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { memx, type RequestProbeOptions, type RequestRecord } from '../../src/fastify/index.js';
import { type Ask, ask, portOf, until } from '../http/servers.js';

const delta = /^-?\d+\.\d\d$/;
const apps: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

async function makeApp(options: RequestProbeOptions = {}) {
  const records: RequestRecord[] = [];
  const app = fastify({ forceCloseConnections: true });
  apps.push(app);
  await app.register(memx, { onRequest: (record) => void records.push(record), ...options });
  app.get('/plain/:id', async () => ({ fine: true }));
  app.get('/throws', () => {
    throw new Error('sync');
  });
  app.get('/rejects', async () => {
    throw new Error('async');
  });
  app.get('/stream', (_request, reply) => reply.send(Readable.from(['a', 'b'])));
  app.get('/broken-stream', (_request, reply) =>
    reply.send(
      new Readable({
        read() {
          this.destroy(new Error('broken'));
        },
      }),
    ),
  );
  app.get('/web', () => new Response('web', { status: 203 }));
  app.get('/raw', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(202, { 'x-one': '1' }).end('raw');
  });
  app.get('/raw-stream', (_request, reply) => {
    reply.hijack();
    Readable.from(['a', 'b']).pipe(reply.raw);
  });
  app.get('/empty', (_request, reply) => reply.code(204).send());
  app.get(
    '/guarded',
    { preHandler: async (_request, reply) => reply.code(401).send('no') },
    async () => 'never',
  );
  app.post('/body', { schema: { body: { type: 'object', required: ['name'] } } }, async () => 'got it');
  await app.register(async (child) => child.get('/child/:id', async () => 'child'), { prefix: '/v1' });
  await app.ready();
  return { app, records };
}

const json = (body: string): Ask => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body,
});

describe('over a socket', () => {
  test.each<[string, number, string | null, Ask?]>([
    ['/plain/42', 200, '/plain/:id'],
    ['/plain/42', 200, '/plain/:id', { method: 'HEAD' }],
    ['/throws', 500, '/throws'],
    ['/rejects', 500, '/rejects'],
    ['/stream', 200, '/stream'],
    ['/broken-stream', 500, '/broken-stream'],
    ['/web', 203, '/web'],
    ['/raw', 202, '/raw'],
    ['/raw-stream', 200, '/raw-stream'],
    ['/empty', 204, '/empty'],
    ['/guarded', 401, '/guarded'],
    ['/body', 200, '/body', json('{"name":"x"}')],
    ['/body', 400, '/body', json('{}')],
    ['/body', 400, '/body', json('{')],
    ['/v1/child/7', 200, '/v1/child/:id'],
    ['/nowhere/42', 404, null],
    ['/plain/%zz', 400, null],
  ])('%s answers %d with the header and is recorded under %s', async (path, status, route, options) => {
    const { app, records } = await makeApp();
    await app.listen({ port: 0, host: '127.0.0.1' });
    const answer = await ask(portOf(app.server), path, options);
    await until(() => records.length === 1);
    expect(answer.status).toBe(status);
    expect(answer.headers['x-memory-delta-mb']).toMatch(delta);
    expect(answer.headers['x-memory-concurrent-requests']).toBe('0');
    expect(records).toMatchObject([{ statusCode: status, method: options?.method ?? 'GET', route }]);
  });

  test('an onSend hook still changes headers and payload', async () => {
    const app = fastify();
    apps.push(app);
    await app.register(memx);
    app.addHook('onSend', async (_request, reply) => {
      reply.header('x-later', 'yes');
      return 'changed';
    });
    app.get('/', async () => 'first');
    await app.listen({ port: 0, host: '127.0.0.1' });
    const answer = await ask(portOf(app.server), '/');
    expect([answer.body, answer.headers['x-later']]).toEqual(['changed', 'yes']);
    expect(answer.headers['x-memory-delta-mb']).toMatch(delta);
  });
});

describe('through inject', () => {
  test.each([
    ['/plain/42', 200],
    ['/stream', 200],
    ['/throws', 500],
    ['/raw', 202],
    ['/nowhere', 404],
  ])('%s answers %d with the header, and is recorded', async (url, status) => {
    const { app, records } = await makeApp();
    const answer = await app.inject(url);
    await until(() => records.length === 1);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['x-memory-delta-mb']).toMatch(delta);
    expect(records).toMatchObject([{ statusCode: status, overlapped: 0 }]);
  });
});

test('a wrong option fails the registration', async () => {
  const app = fastify();
  apps.push(app);
  await expect(app.register(memx, Object.assign({ headers: true }, { header: true }))).rejects.toThrow(
    "Invalid memx option: 'header'",
  );
});

test('it has a name that other plugins can depend on', async () => {
  const { app } = await makeApp();
  expect(app.hasPlugin('@memx/integrations')).toBe(true);
});

test('the options of register itself are no options of memx', async () => {
  const app = fastify();
  apps.push(app);
  await app.register(memx, { prefix: '/v1', logLevel: 'warn' });
  app.get('/', async () => 'fine');
  expect((await app.inject('/')).headers['x-memory-delta-mb']).toMatch(delta);
});

test('closing the app lets its server go', async () => {
  const { app } = await makeApp();
  const { server } = app;
  const before = server.listenerCount('request');
  await app.close();
  expect(server.listenerCount('request')).toBe(before - 1);
});
